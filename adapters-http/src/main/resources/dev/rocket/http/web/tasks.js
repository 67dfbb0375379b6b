/** The tasks on the page: loaded page by page, kept in order, changed by what is heard. */

import { call } from "./client.js";

const PAGE = 50;
const RANKS = ["urgent", "high", "medium", "low", "none"];

/** A task's due date as the server orders it: by its own wall clock. */
function dueKey(task) {
  return task.due ? task.due.slice(0, 19) : "~";
}

const KEYS = {
  due: dueKey,
  priority: (task) => RANKS.indexOf(task.priority),
  position: (task) => task.position,
  updated: (task) => Date.parse(task.updated),
  created: (task) => Date.parse(task.created),
};

/** Compares two tasks in one of the server's orders. */
export function comparison(order) {
  const key = KEYS[order];
  const sign = order === "updated" || order === "created" ? -1 : 1;
  return (one, other) => {
    const a = key(one);
    const b = key(other);
    if (a !== b) {
      return a < b ? -sign : sign;
    }
    return one.id === other.id ? 0 : one.id < other.id ? -sign : sign;
  };
}

/** The query that lists what a filter lets through. */
export function query(filter) {
  const wanted = new URLSearchParams({ limit: PAGE, order: filter.order });
  if (filter.status.length) {
    wanted.set("status", filter.status.join(","));
  }
  for (const name of ["project", "label", "q"]) {
    if (filter[name]) {
      wanted.set(name, filter[name]);
    }
  }
  return wanted;
}

/** The same filter as the WebSocket takes it. */
export function interest(filter) {
  const wanted = { kinds: ["task"] };
  if (filter.status.length) {
    wanted.status = filter.status;
  }
  for (const name of ["project", "label", "q"]) {
    if (filter[name]) {
      wanted[name] = filter[name];
    }
  }
  return wanted;
}

/** Whether a filter lets a task through, as far as that shows here; words are for the server. */
function lets(filter, task) {
  return (
    (!filter.status.length || filter.status.includes(task.status)) &&
    (!filter.project || filter.project === task.project) &&
    (!filter.label || (task.labels ?? []).includes(filter.label))
  );
}

/** What a filter lets through, as far as it was loaded; `shown` is told of every change. */
export class Tasks {
  #filter;
  #tasks = new Map();
  #revisions = new Map();
  #gone = new Set();
  #left = new Set();
  #next = null;
  #loads = 0;
  #shown;

  constructor(filter, shown) {
    this.#filter = filter;
    this.#shown = shown;
  }

  /** The tasks, in order. */
  get inOrder() {
    return [...this.#tasks.values()].sort(comparison(this.#filter.order));
  }

  /** Whether the server has more of them. */
  get hasMore() {
    return this.#next !== null;
  }

  /** A task that is shown; undefined where it is not. */
  find(id) {
    return this.#tasks.get(id);
  }

  /** Loads the first page anew; throws a Problem. */
  async load() {
    const load = ++this.#loads;
    this.#gone.clear();
    this.#left.clear();
    this.#revisions.clear();
    const page = await call("GET", "/v1/tasks?" + query(this.#filter));
    if (load === this.#loads) {
      this.#tasks = new Map([...this.#tasks].filter(([id]) => this.#revisions.has(id)));
      this.#take(page);
    }
  }

  /** Loads the next page; throws a Problem. */
  async more() {
    const load = this.#loads;
    const wanted = query(this.#filter);
    wanted.set("after", this.#next);
    const page = await call("GET", "/v1/tasks?" + wanted);
    if (load === this.#loads) {
      this.#take(page);
    }
  }

  #take(page) {
    this.#next = page.next ?? null;
    for (const task of page.items) {
      const known = this.#revisions.get(task.id) ?? 0;
      if (!this.#gone.has(task.id) && !this.#left.has(task.id) && task.revision > known) {
        this.#revisions.set(task.id, task.revision);
        this.#tasks.set(task.id, task);
      }
    }
    this.#shown();
  }

  /** Takes what the server tells of a task that belongs here; whether it was news. */
  hear(task) {
    this.#left.delete(task.id);
    return this.#put(task, false);
  }

  /** Takes the answer to a write of one's own; where words are searched, the server decides. */
  put(task) {
    const isUnsure = this.#filter.q && !this.#tasks.has(task.id);
    return !isUnsure && !this.#left.has(task.id) && this.#put(task, true);
  }

  #put(task, isOwn) {
    if (this.#gone.has(task.id) || task.revision <= (this.#revisions.get(task.id) ?? 0)) {
      return false;
    }
    this.#revisions.set(task.id, task.revision);
    const isNew = !this.#tasks.has(task.id);
    if (!lets(this.#filter, task) || (isNew && !isOwn && !this.#isInReach(task))) {
      this.#tasks.delete(task.id);
    } else {
      this.#tasks.set(task.id, task);
    }
    this.#shown(task.id);
    return true;
  }

  /** What lies behind the last page that was loaded comes with its own page. */
  #isInReach(task) {
    if (!this.hasMore || this.#tasks.size === 0) {
      return true;
    }
    return comparison(this.#filter.order)(task, this.inOrder.at(-1)) < 0;
  }

  /** Takes it that a task was deleted. */
  drop(id) {
    this.#gone.add(id);
    this.#tasks.delete(id);
    this.#shown();
  }

  /** Takes it that a task no longer belongs here. */
  leave(id) {
    this.#left.add(id);
    if (this.#tasks.delete(id)) {
      this.#shown();
    }
  }
}
