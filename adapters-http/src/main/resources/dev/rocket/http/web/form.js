/** The fields of a task. */

import { byId, dot, h, hold, moment, option } from "./dom.js";
import { PRIORITIES, STATUSES } from "./row.js";

const DUE = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d)?(.*))?$/;

/** A form that shows one task and tells what was edited in it. */
export class TaskForm {
  #task;
  #catalog;
  #actions;
  #buttons;
  #labels;

  /** `actions` are `save()` and `failed(problem)`; the buttons stand at the end. */
  constructor(task, catalog, actions, buttons) {
    this.#task = task;
    this.#catalog = catalog;
    this.#actions = actions;
    this.#buttons = buttons;
    this.#labels = new Set(task.labels ?? []);
  }

  #field(name) {
    return byId("edit-" + name);
  }

  #labelled(name, text, control) {
    control.id = "edit-" + name;
    return h("div", { class: "field" }, h("label", { for: control.id }, text), control);
  }

  #choice(name, text, choices, chosen) {
    const options = choices.map(([value, shown]) => option(value, shown, value === chosen));
    return this.#labelled(name, text, h("select", {}, options));
  }

  /** The form, filled from a task. */
  element() {
    const task = this.#task;
    const title = h("input", { required: true, maxlength: 500 });
    title.value = task.title;
    const notes = h("textarea", { rows: 5, maxlength: 100000 });
    notes.value = task.notes ?? "";
    const made = h(
      "form",
      { id: "edit", class: "stack", autocomplete: "off" },
      this.#labelled("title", "Title", title),
      this.#labelled("notes", "Notes", notes),
      h(
        "div",
        { class: "grid" },
        this.#choice("status", "Status", STATUSES, task.status),
        this.#choice("priority", "Priority", PRIORITIES, task.priority),
        this.#due("day", "Due", "date", 1),
        this.#due("time", "Time", "time", 2),
        this.#project(),
        this.#members(),
      ),
      this.#labelPicker(),
      this.#history(),
      this.#buttons,
    );
    made.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#actions.save();
    });
    return made;
  }

  #due(name, text, type, group) {
    const made = h("input", { type });
    made.value = DUE.exec(this.#task.due ?? "")?.[group] ?? "";
    return this.#labelled(name, text, made);
  }

  #project() {
    const entries = this.#catalog.projects.map(({ id, name }) => [id, name]);
    const own = this.#catalog.project(this.#task.project);
    if (own?.archived) {
      entries.push([own.id, own.name + " (archived)"]);
    }
    const chosen = this.#task.project ?? "";
    const made = this.#choice("project", "Project", [["", "None"], ...entries], chosen);
    const select = made.querySelector("select");
    made.append(
      this.#maker("project", "New project", (entry) => {
        if (![...select.options].some((known) => known.value === entry.id)) {
          select.append(option(entry.id, entry.name));
        }
        select.value = entry.id;
      }),
    );
    return made;
  }

  #members() {
    const entries = this.#catalog.members.map(({ id, name }) => [id, name]);
    const chosen = this.#task.assignee ?? "";
    return this.#choice("assignee", "Given to", [["", "Nobody"], ...entries], chosen);
  }

  #labelPicker() {
    const place = h("span", { class: "picks" });
    const draw = () =>
      hold(
        place,
        this.#catalog.labels.map((label) => {
          const box = h("input", { type: "checkbox", value: label.id });
          box.checked = this.#labels.has(label.id);
          box.addEventListener("change", () =>
            box.checked ? this.#labels.add(label.id) : this.#labels.delete(label.id),
          );
          return h("label", { class: "pick" }, box, dot(label.color), label.name);
        }),
      );
    draw();
    const maker = this.#maker("label", "New label", (entry) => {
      this.#labels.add(entry.id);
      draw();
    });
    return h("fieldset", { class: "field" }, h("legend", {}, "Labels"), place, maker);
  }

  /** A small field that makes a project or label of the name in it. */
  #maker(kind, text, made) {
    const input = h("input", { "aria-label": text, placeholder: "New…", maxlength: 200 });
    const make = async () => {
      const name = input.value.trim();
      if (name) {
        try {
          made(await this.#catalog.make(kind, name));
          input.value = "";
        } catch (problem) {
          this.#actions.failed(problem);
        }
      }
    };
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        make();
      }
    });
    const button = h("button", { type: "button", class: "quiet", onclick: make }, "Add");
    button.setAttribute("aria-label", "Add: " + text);
    return h("span", { class: "maker" }, input, button);
  }

  #history() {
    const { created, updated, completed } = this.#task;
    const parts = ["Made " + moment(created), "changed " + moment(updated)];
    if (completed) {
      parts.push("done " + moment(completed));
    }
    return h("p", { class: "hint" }, parts.join(" · "));
  }

  /** What the form says otherwise than a task, as a merge patch. */
  edits(task) {
    const edits = {};
    const take = (name, value, was) => {
      if (JSON.stringify(value) !== JSON.stringify(was)) {
        edits[name] = value;
      }
    };
    take("title", this.#field("title").value.trim(), task.title);
    take("notes", this.#field("notes").value, task.notes ?? "");
    for (const name of ["status", "priority"]) {
      take(name, this.#field(name).value, task[name]);
    }
    for (const name of ["project", "assignee"]) {
      take(name, this.#field(name).value || null, task[name] ?? null);
    }
    take("labels", [...this.#labels].sort(), [...(task.labels ?? [])].sort());
    const was = DUE.exec(task.due ?? "") ?? [];
    const day = this.#field("day").value;
    const time = day ? this.#field("time").value : "";
    if (day !== (was[1] ?? "") || time !== (was[2] ?? "")) {
      edits.due = day ? day + (time ? "T" + time + ":00" : "") : null;
    }
    return edits;
  }
}
