/** The comments of the task that is open. */

import { call } from "./client.js";
import { h, hold, moment } from "./dom.js";

const PAGE = 100;

/** Shows a task's comments below its form and takes new ones. */
export class Comments {
  #task;
  #comments = new Map();
  #next = null;
  #list = h("ol", { class: "comments", "aria-label": "Comments" });
  #more = h("button", { type: "button", class: "quiet", onclick: () => this.#load() }, "More");
  #failed;

  constructor(task, failed) {
    this.#task = task;
    this.#failed = failed;
  }

  /** What stands in the page. */
  element() {
    const text = h("textarea", {
      id: "comment-text",
      rows: 2,
      maxlength: 20000,
      required: true,
      placeholder: "Write a comment…",
    });
    const form = h(
      "form",
      { id: "comment", class: "stack" },
      h("label", { class: "unseen", for: "comment-text" }, "New comment"),
      text,
      h("div", { class: "buttons" }, h("button", {}, "Comment")),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#say(form, text);
    });
    return h(
      "section",
      { class: "stack", "aria-label": "Comments" },
      h("h3", {}, "Comments"),
      this.#list,
      this.#more,
      form,
    );
  }

  async #say(form, text) {
    form.inert = true;
    try {
      const path = "/v1/tasks/" + this.#task + "/comments";
      this.#put(await call("POST", path, { text: text.value }));
      text.value = "";
    } catch (problem) {
      this.#failed(problem);
    } finally {
      form.inert = false;
      text.focus();
    }
  }

  /** Loads the page behind what is shown. */
  async #load() {
    const after = this.#next ? "&after=" + encodeURIComponent(this.#next) : "";
    try {
      const path = "/v1/tasks/" + this.#task + "/comments?limit=" + PAGE + after;
      const page = await call("GET", path);
      this.#next = page.next ?? null;
      page.items.forEach((comment) => this.#take(comment));
      this.#draw();
    } catch (problem) {
      this.#failed(problem);
    }
  }

  /** Loads everything anew. */
  renew() {
    this.#comments.clear();
    this.#next = null;
    this.#load();
  }

  /** Takes a change that was heard. */
  hear(change) {
    if (change.deleted) {
      if (this.#comments.delete(change.id)) {
        this.#draw();
      }
    } else if (change.image.task === this.#task) {
      this.#put(change.image);
    }
  }

  #take(comment) {
    const known = this.#comments.get(comment.id);
    if (!known || known.revision < comment.revision) {
      this.#comments.set(comment.id, comment);
    }
  }

  #put(comment) {
    this.#take(comment);
    this.#draw();
  }

  #draw() {
    const inOrder = [...this.#comments.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    hold(
      this.#list,
      inOrder.map((comment) =>
        h(
          "li",
          {},
          h(
            "p",
            { class: "by" },
            h("strong", {}, comment.author.name),
            " ",
            h("time", { datetime: comment.created }, moment(comment.created)),
          ),
          h("p", { class: "text" }, comment.text),
        ),
      ),
    );
    this.#list.hidden = inOrder.length === 0;
    this.#more.hidden = this.#next === null;
  }
}
