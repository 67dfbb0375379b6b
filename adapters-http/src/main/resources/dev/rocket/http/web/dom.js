/** Small tools for the document; text always goes in as text, never as markup. */

/** The element with an id, which must be there. */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error("the page lacks #" + id);
  }
  return found;
}

/**
 * A new element: properties and attributes by name, `on…` for listeners, then its children.
 * Children that are null or false are left out.
 */
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (typeof value === "boolean") {
      made.toggleAttribute(name, value);
    } else if (value !== null && value !== undefined) {
      made.setAttribute(name, value);
    }
  }
  fill(made, children);
  return made;
}

function fill(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      parent.append(child);
    }
  }
}

/** Replaces what an element holds. */
export function hold(parent, ...children) {
  parent.replaceChildren();
  fill(parent, children);
}

/** Tells those who listen to the page, and those who look nothing. */
export function say(text) {
  byId("said").textContent = text;
}

/** An option of a choice. */
export function option(value, text, selected = false) {
  const made = h("option", { value }, text);
  made.defaultSelected = selected;
  return made;
}

/** A dot in a project's or label's colour; null where it has none. */
export function dot(color) {
  if (!color || !CSS.supports("color", color)) {
    return null;
  }
  const made = h("span", { class: "dot", "aria-hidden": "true" });
  made.style.backgroundColor = color;
  return made;
}

/** Calls back when calls have ceased for a while. */
export function settled(millis, action) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, millis);
  };
}

/** A button that copies a text, and says that it did. */
export function copier(name, text) {
  const button = h("button", { type: "button", class: "quiet" }, name);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Select it and copy by hand";
    }
    setTimeout(() => {
      button.textContent = name;
    }, 2000);
  });
  return button;
}

/** An instant or a due date as people here read it. */
export function when(text) {
  const parts = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d))?/.exec(text);
  if (!parts) {
    return text;
  }
  const day = new Date(parts[1] + "T00:00:00");
  const shown = day.toLocaleDateString(undefined, {
    day: "numeric",
    month: "short",
    year: day.getFullYear() === new Date().getFullYear() ? undefined : "numeric",
  });
  return parts[2] ? shown + ", " + parts[2] : shown;
}

/** An instant in the reader's own zone. */
export function moment(text) {
  return new Date(text).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

/** Today by the reader's own calendar, as 2026-03-29. */
export function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
}
