/** The projects, labels and members that tasks mention. */

import { all, call } from "./client.js";

const PATHS = { project: "/v1/projects", label: "/v1/labels", member: "/v1/members" };

/** What there is of each kind, by name; `changed` is called when that changes. */
export class Catalog {
  #entries = { project: new Map(), label: new Map(), member: new Map() };
  #changed = () => {};

  /** Sets what is called when something changes. */
  onChange(action) {
    this.#changed = action;
  }

  /** Loads everything anew; throws a Problem. */
  async load() {
    const kinds = Object.keys(PATHS);
    const lists = await Promise.all(kinds.map((kind) => all(PATHS[kind])));
    kinds.forEach((kind, i) => {
      this.#entries[kind] = new Map(lists[i].map((entry) => [entry.id, entry]));
    });
    this.#changed();
  }

  /** Takes a change that was heard. */
  hear(change) {
    const entries = this.#entries[change.kind];
    if (change.deleted) {
      entries.delete(change.id);
    } else {
      entries.set(change.id, change.image);
    }
    this.#changed();
  }

  /** Makes an entry, or finds the one of that name; throws a Problem. */
  async make(kind, name) {
    const fold = (text) => text.toLocaleLowerCase();
    const known = [...this.#entries[kind].values()].find((e) => fold(e.name) === fold(name));
    if (known) {
      return known;
    }
    const made = await call("POST", PATHS[kind], { name });
    this.#entries[kind].set(made.id, made);
    this.#changed();
    return made;
  }

  #sorted(kind) {
    return [...this.#entries[kind].values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  get projects() {
    return this.#sorted("project").filter((project) => !project.archived);
  }

  get labels() {
    return this.#sorted("label");
  }

  get members() {
    return this.#sorted("member");
  }

  project(id) {
    return this.#entries.project.get(id);
  }

  label(id) {
    return this.#entries.label.get(id);
  }
}
