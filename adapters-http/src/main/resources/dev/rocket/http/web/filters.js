/** What the list is asked for; it is kept in the address, so it can be sent to others. */

import { byId, h, hold, option, settled } from "./dom.js";

const PAUSE_MILLIS = 300;

const STATUSES = [
  ["todo", "To do", ["open", "in_progress"]],
  ["doing", "In progress", ["in_progress"]],
  ["done", "Done", ["done"]],
  ["all", "All", []],
];

const ORDERS = [
  ["position", "By hand"],
  ["due", "By due date"],
  ["priority", "By priority"],
  ["updated", "Last changed"],
  ["created", "Newest"],
];

/** The form above the list; `changed` is called with each new filter. */
export class Filters {
  #form = byId("filters");
  #changed;
  #told;

  constructor(catalog, changed) {
    this.#changed = changed;
    const asked = new URLSearchParams(location.search);
    this.#draw(asked);
    this.offer(catalog, asked.get("project") ?? "", asked.get("label") ?? "");
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("change", () => this.#tell());
    const soon = settled(PAUSE_MILLIS, () => this.#tell());
    byId("filter-q").addEventListener("input", soon);
    this.#told = JSON.stringify(this.filter);
  }

  #draw(asked) {
    const status = STATUSES.some(([word]) => word === asked.get("status"))
      ? asked.get("status")
      : "todo";
    for (const [word, name] of STATUSES) {
      const id = "status-" + word;
      const radio = h("input", { type: "radio", name: "status", value: word, id });
      radio.checked = word === status;
      byId("filter-status").append(radio, h("label", { for: id }, name));
    }
    const order = asked.get("order") ?? "position";
    hold(byId("filter-order"), ORDERS.map(([word, name]) => option(word, name, word === order)));
    byId("filter-q").value = asked.get("q") ?? "";
  }

  /** Offers the projects and labels that there are. */
  offer(catalog, project = byId("filter-project").value, label = byId("filter-label").value) {
    const choices = (entries, chosen) =>
      entries.map(({ id, name }) => option(id, name, id === chosen));
    hold(byId("filter-project"), option("", "Any project"), choices(catalog.projects, project));
    hold(byId("filter-label"), option("", "Any label"), choices(catalog.labels, label));
  }

  /** What is asked for now. */
  get filter() {
    const asked = Object.fromEntries(new FormData(this.#form));
    const words = asked.q.trim();
    return {
      status: STATUSES.find(([word]) => word === asked.status)[2],
      project: asked.project,
      label: asked.label,
      order: asked.order,
      // The last word may be one that is still being typed.
      q: /[\p{L}\p{N}]$/u.test(words) ? words + "*" : words,
    };
  }

  /** Whether anything narrows the list beyond its status. */
  get isNarrow() {
    const { project, label, q } = this.filter;
    return Boolean(project || label || q);
  }

  #tell() {
    const address = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form)) {
      const usual = { status: "todo", order: "position" }[name] ?? "";
      if (value.trim() !== usual) {
        address.set(name, value.trim());
      }
    }
    const text = address.toString();
    history.replaceState(null, "", text ? "?" + text : location.pathname);
    const wanted = JSON.stringify(this.filter);
    if (wanted !== this.#told) {
      this.#told = wanted;
      this.#changed(this.filter);
    }
  }
}
