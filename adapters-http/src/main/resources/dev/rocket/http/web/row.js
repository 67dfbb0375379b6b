/** One task as a line of the list. */

import { dot, h, today, when } from "./dom.js";

/** What is called how; the first word is the one on the wire. */
export const STATUSES = [
  ["open", "To do"],
  ["in_progress", "In progress"],
  ["done", "Done"],
  ["cancelled", "Cancelled"],
];

/** The priorities, most urgent first. */
export const PRIORITIES = [
  ["urgent", "Urgent"],
  ["high", "High"],
  ["medium", "Medium"],
  ["low", "Low"],
  ["none", "No priority"],
];

function due(task) {
  if (!task.due) {
    return null;
  }
  const isOpen = task.status === "open" || task.status === "in_progress";
  const day = task.due.slice(0, 10);
  const now = today();
  const how = !isOpen || day > now ? "" : day < now ? "late" : "today";
  const words = how === "late" ? "Overdue, " : how === "today" ? "Today, " : "Due ";
  return h("span", { class: "chip due " + how }, words + when(task.due));
}

function chips(task, catalog) {
  const priority = PRIORITIES.find(([word]) => word === task.priority);
  const project = catalog.project(task.project);
  return [
    task.status === "in_progress" ? h("span", { class: "chip doing" }, "In progress") : null,
    task.status === "cancelled" ? h("span", { class: "chip" }, "Cancelled") : null,
    task.priority === "none"
      ? null
      : h("span", { class: "chip priority " + task.priority }, priority[1]),
    due(task),
    project ? h("span", { class: "chip" }, dot(project.color), project.name) : null,
    ...(task.labels ?? [])
      .map((id) => catalog.label(id))
      .filter(Boolean)
      .map((label) => h("span", { class: "chip label" }, dot(label.color), label.name)),
    task.notes ? h("span", { class: "chip plain" }, "Notes") : null,
  ];
}

/** A line that calls `actions.tick(task, isDone)` and `actions.open(task)`. */
export function row(task, catalog, actions) {
  const isDone = task.status === "done";
  const box = h("input", {
    type: "checkbox",
    class: "tick",
    "aria-label": "Done: " + task.title,
    onchange: () => actions.tick(task, box.checked),
  });
  box.checked = isDone;
  const title = h(
    "button",
    { type: "button", class: "title", onclick: () => actions.open(task) },
    task.title,
  );
  const classes = ["row", isDone || task.status === "cancelled" ? "over" : ""];
  return h(
    "li",
    { class: classes.join(" ").trim(), "data-id": task.id, "data-revision": task.revision },
    box,
    h("div", { class: "what" }, title, h("span", { class: "chips" }, chips(task, catalog))),
  );
}
