/** The WebSocket: subscriptions that survive reconnections, each from where it stood. */

import { call } from "./client.js";

const SILENCE_MILLIS = 75_000;
const FIRST_WAIT_MILLIS = 500;
const LONGEST_WAIT_MILLIS = 30_000;

/**
 * A connection that comes back by itself.
 *
 * `state` is told "live", "connecting" or "reconnecting".
 */
export class Live {
  #socket = null;
  #subscriptions = new Map();
  #attempts = 0;
  #wanted = false;
  #retry = 0;
  #watch = 0;
  #state;

  constructor(state) {
    this.#state = state;
    addEventListener("online", () => this.#soon());
    document.addEventListener("visibilitychange", () => this.#soon());
  }

  /** Connects, and stays connected until `stop`. */
  start() {
    this.#wanted = true;
    this.#connect();
  }

  /** Disconnects and forgets every subscription. */
  stop() {
    this.#wanted = false;
    clearTimeout(this.#retry);
    clearTimeout(this.#watch);
    this.#subscriptions.clear();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  /**
   * Hears of changes under a name of its own.
   *
   * `heard.begun(whole)` comes once it stands; `whole` says that what was loaded before may lack
   * something. `heard.change(change)` and `heard.left(kind, id)` come with each change.
   */
  subscribe(name, filter, heard) {
    this.#subscriptions.set(name, { filter, heard, seq: null });
    this.#ask(name);
  }

  /** Hears no more under that name. */
  unsubscribe(name) {
    if (this.#subscriptions.delete(name)) {
      this.#send({ type: "unsubscribe", id: name });
    }
  }

  /** Whether it is connected. */
  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  #send(message) {
    if (this.isOpen) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  #ask(name) {
    const { filter, seq } = this.#subscriptions.get(name);
    const message = { type: "subscribe", id: name, filter };
    if (seq !== null) {
      message.after = seq;
    }
    this.#send(message);
  }

  async #connect() {
    clearTimeout(this.#retry);
    if (!this.#wanted || this.#socket) {
      return;
    }
    this.#state(this.#attempts === 0 ? "connecting" : "reconnecting");
    const opening = {};
    this.#socket = opening;
    try {
      const { ticket } = await call("POST", "/v1/tickets", {});
      if (this.#socket === opening) {
        this.#open(ticket);
      }
    } catch (problem) {
      if (this.#socket === opening) {
        this.#socket = null;
        this.#later(problem.status === 429 ? Number(problem.retryAfter) * 1000 : 0);
      }
    }
  }

  #open(ticket) {
    const url = new URL("/v1/live?ticket=" + encodeURIComponent(ticket), location.href);
    url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      this.#attempts = 0;
      this.#state("live");
      this.#alive(socket);
      [...this.#subscriptions.keys()].forEach((name) => this.#ask(name));
    });
    socket.addEventListener("message", (event) => {
      if (this.#socket === socket) {
        this.#alive(socket);
        this.#heed(JSON.parse(event.data));
      }
    });
    socket.addEventListener("close", () => this.#lost(socket));
    this.#alive(socket);
  }

  #alive(socket) {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => {
      this.#lost(socket);
      socket.close();
    }, SILENCE_MILLIS);
  }

  #lost(socket) {
    if (this.#socket === socket) {
      clearTimeout(this.#watch);
      this.#socket = null;
      this.#later(0);
    }
  }

  #later(atLeast) {
    if (this.#wanted) {
      this.#state("reconnecting");
      const doubled = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS * 2 ** this.#attempts);
      this.#attempts += 1;
      const wait = Math.max(atLeast, doubled / 2 + (Math.random() * doubled) / 2);
      this.#retry = setTimeout(() => this.#connect(), wait);
    }
  }

  /** Tries at once when the network is back or the tab is looked at again. */
  #soon() {
    if (this.#wanted && !this.#socket && !document.hidden) {
      this.#connect();
    }
  }

  #heed(message) {
    switch (message.type) {
      case "subscribed":
        this.#begun(message, false);
        break;
      case "reset":
        this.#begun(message, true);
        break;
      case "change":
        this.#each(message.subscriptions, message.change.seq, (heard) =>
          heard.change(message.change),
        );
        break;
      case "left":
        this.#each(message.subscriptions, message.seq, (heard) =>
          heard.left(message.kind, message.id),
        );
        break;
      case "heartbeat":
      case "bye":
        this.#each([...this.#subscriptions.keys()], message.seq, () => {});
        break;
      default:
        break;
    }
  }

  #begun(message, isReset) {
    const found = this.#subscriptions.get(message.id);
    if (found) {
      const whole = isReset || found.seq === null;
      found.seq = message.seq;
      found.heard.begun(whole);
    }
  }

  #each(names, seq, tell) {
    for (const name of names) {
      const found = this.#subscriptions.get(name);
      if (found && found.seq !== null) {
        found.seq = Math.max(found.seq, seq);
        tell(found.heard);
      }
    }
  }
}
