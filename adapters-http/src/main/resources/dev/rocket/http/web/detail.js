/** The dialog with everything about one task. */

import { call } from "./client.js";
import { Comments } from "./comments.js";
import { byId, h, hold } from "./dom.js";
import { TaskForm } from "./form.js";

/** A dialog that saves what was changed in it, and nothing else. */
export class Detail {
  #dialog = byId("detail");
  #catalog;
  #actions;
  #task = null;
  #form = null;
  #comments = null;
  #said = null;
  #isSaving = false;

  /** `actions` are `saved(task)`, `removed(id)`, `failed(problem)` and `closed()`. */
  constructor(catalog, actions) {
    this.#catalog = catalog;
    this.#actions = actions;
    this.#dialog.addEventListener("close", () => this.#closed());
    this.#dialog.addEventListener("click", (event) => {
      if (event.target === this.#dialog) {
        this.#dialog.close();
      }
    });
  }

  /** The id of the task that is open; empty while none is. */
  get id() {
    return this.#task?.id ?? "";
  }

  /** Opens a task. */
  open(task) {
    this.#task = task;
    this.#comments = new Comments(task.id, (problem) => this.#fail(problem));
    this.#said = h("div", { role: "alert" });
    hold(this.#dialog, this.#head(), this.#said, this.#fields(task), this.#comments.element());
    this.#dialog.showModal();
    byId("edit-title").focus();
  }

  /** Takes what somebody else did to the open task; fields that were edited here stay. */
  hear(task) {
    if (this.#isSaving || task.id !== this.id || task.revision <= this.#task.revision) {
      return;
    }
    const mine = this.#form.edits(this.#task);
    const clash = Object.keys(mine).filter(
      (name) => JSON.stringify(task[name]) !== JSON.stringify(this.#task[name]),
    );
    if (clash.length > 0) {
      // The revision stays, so that saving asks the server, and the reader decides.
      this.#warn("Somebody else just changed this task too.", "Saving will show what they did.");
      return;
    }
    this.#reload(task, mine);
  }

  /** Takes it that the open task was deleted. */
  gone(id) {
    if (id === this.id) {
      this.#dialog.close();
      this.#actions.failed({ title: "The task was deleted.", detail: this.#name });
    }
  }

  /** Takes a change of a comment. */
  hearComment(change) {
    this.#comments?.hear(change);
  }

  /** Loads the comments. */
  loadComments() {
    this.#comments?.renew();
  }

  get #name() {
    return this.#task ? "“" + this.#task.title + "”" : "";
  }

  #closed() {
    this.#task = null;
    this.#comments = null;
    hold(this.#dialog);
    this.#actions.closed();
  }

  #head() {
    const close = () => this.#dialog.close();
    return h(
      "div",
      { class: "dialog-head" },
      h("h2", { id: "detail-heading" }, "Task"),
      h("button", { type: "button", class: "quiet", "aria-label": "Close", onclick: close }, "✕"),
    );
  }

  #fields(task) {
    const actions = { save: () => this.#save(), failed: (problem) => this.#fail(problem) };
    this.#form = new TaskForm(task, this.#catalog, actions, this.#buttons());
    return this.#form.element();
  }

  #buttons() {
    const ask = h("span", { class: "buttons" });
    const offer = () =>
      hold(ask, h("button", { type: "button", class: "danger", onclick: sure }, "Delete…"));
    const sure = () => {
      const yes = h("button", { type: "button", class: "danger full" }, "Delete for good");
      yes.addEventListener("click", () => this.#remove());
      const no = h("button", { type: "button", class: "quiet", onclick: offer }, "Keep");
      hold(ask, h("span", {}, "With its subtasks and comments?"), yes, no);
      no.focus();
    };
    offer();
    return h("div", { class: "buttons ends" }, ask, h("button", { id: "save" }, "Save"));
  }

  async #save() {
    const edits = this.#form.edits(this.#task);
    if (Object.keys(edits).length === 0) {
      this.#dialog.close();
      return;
    }
    const { id, revision } = this.#task;
    const button = byId("save");
    button.disabled = true;
    this.#isSaving = true;
    try {
      const task = await call("PATCH", "/v1/tasks/" + id, edits, revision);
      this.#dialog.close();
      this.#actions.saved(task);
    } catch (problem) {
      if (problem.status === 412) {
        await this.#merge(edits);
      } else {
        this.#fail(problem);
      }
    } finally {
      this.#isSaving = false;
      button.disabled = false;
    }
  }

  /** Loads what somebody else made of the task, and keeps what was edited here to look at. */
  async #merge(mine) {
    try {
      const task = await call("GET", "/v1/tasks/" + this.id);
      this.#actions.saved(task);
      this.#reload(task, {});
      const lost = Object.keys(mine).join(", ");
      this.#warn(
        "Somebody else changed this task meanwhile.",
        "This is their version." + (lost ? " Not saved of yours: " + lost + "." : ""),
      );
      if (!lost) {
        return;
      }
      const again = h("button", { type: "button", class: "quiet" }, "Put my changes back");
      again.addEventListener("click", () => {
        this.#reload(task, mine);
        this.#warn("Your changes are back in the form.", "Saving puts them over theirs.");
      });
      this.#said.firstElementChild.append(again);
    } catch (problem) {
      this.#fail(problem);
    }
  }

  /** Shows a task anew with some edits on top; the reader stays where they were. */
  #reload(task, edits) {
    this.#task = task;
    const old = document.activeElement;
    const { id, selectionStart, selectionEnd } = old;
    byId("edit").replaceWith(this.#fields({ ...task, ...edits }));
    const focused = id ? document.getElementById(id) : null;
    if (focused && focused !== old) {
      focused.focus();
      if (typeof selectionStart === "number") {
        focused.setSelectionRange(selectionStart, selectionEnd);
      }
    }
  }

  async #remove() {
    const { id, revision } = this.#task;
    try {
      await call("DELETE", "/v1/tasks/" + id, undefined, revision);
      this.#dialog.close();
      this.#actions.removed(id);
    } catch (problem) {
      if (problem.status === 412) {
        await this.#merge({});
      } else {
        this.#fail(problem);
      }
    }
  }

  #warn(title, detail) {
    hold(this.#said, h("p", { class: "problem" }, h("strong", {}, title), " ", detail, " "));
  }

  #fail(problem) {
    this.#warn(problem.title, problem.detail ?? "");
  }
}
