/** The list on the page: draws what changed, keeps the focus, moves by keys. */

import { byId } from "./dom.js";
import { row } from "./row.js";

/** Draws tasks; lines that did not change stay as they are. */
export class List {
  #place = byId("list");
  #lines = new Map();
  #catalog;
  #actions;
  #look = 0;

  constructor(catalog, actions) {
    this.#catalog = catalog;
    this.#actions = actions;
    this.#place.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Draws all lines anew at the next turn, since names or colours changed. */
  renew() {
    this.#look += 1;
  }

  /** Shows these tasks, in this order; `changed` is one that should catch the eye. */
  show(tasks, changed = "") {
    const focused = document.activeElement;
    const held = focused?.closest?.(".row")?.dataset.id ?? "";
    const selector = focused?.classList?.contains("tick") ? ".tick" : ".title";
    const position = held ? [...this.#place.children].findIndex((e) => e.dataset.id === held) : -1;
    const wanted = new Map();
    let before = this.#place.firstElementChild;
    for (const task of tasks) {
      const known = this.#lines.get(task.id)?.made;
      const line = this.#line(task, changed);
      wanted.set(task.id, line);
      before = before && known === before ? line.made : before;
      if (line.made === before) {
        before = before.nextElementSibling;
      } else {
        this.#place.insertBefore(line.made, before);
      }
    }
    while (before) {
      const next = before.nextElementSibling;
      before.remove();
      before = next;
    }
    this.#lines = wanted;
    if (held && !this.#place.contains(document.activeElement)) {
      const line = wanted.get(held)?.made ?? this.#place.children[position] ?? null;
      (line ?? this.#place.lastElementChild)?.querySelector(selector)?.focus();
    }
  }

  #line(task, changed) {
    const known = this.#lines.get(task.id);
    if (known && known.revision === task.revision && known.look === this.#look) {
      return known;
    }
    const made = row(task, this.#catalog, this.#actions);
    if (task.id === changed) {
      made.classList.add("news");
    }
    if (known) {
      known.made.replaceWith(made);
    }
    return { made, revision: task.revision, look: this.#look };
  }

  #key(event) {
    const line = event.target.closest(".row");
    if (!line || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const next = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    if (next) {
      event.preventDefault();
      line[next]?.querySelector(".title").focus();
    } else if (event.key === "x") {
      event.preventDefault();
      line.querySelector(".tick").click();
    }
  }
}
