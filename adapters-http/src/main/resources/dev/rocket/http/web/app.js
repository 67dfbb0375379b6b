/** The task page: puts its parts together. */

import { call, forget, onUnwelcome, token } from "./client.js";
import { Catalog } from "./catalog.js";
import { Detail } from "./detail.js";
import { byId, h, hold, option, say } from "./dom.js";
import { enter, reenter } from "./entry.js";
import { Filters } from "./filters.js";
import { List } from "./list.js";
import { Live } from "./live.js";
import { PRIORITIES } from "./row.js";
import { interest, Tasks } from "./tasks.js";

/** How long a subscription may take before the page loads without it. */
const PATIENCE_MILLIS = 1500;
const FIRST_PATIENCE_MILLIS = 2500;
const STATES = { live: "Live", connecting: "Connecting", reconnecting: "Reconnecting" };

const catalog = new Catalog();
const live = new Live(showState);
const list = new List(catalog, { tick, open: (task) => open(task) });
const detail = new Detail(catalog, {
  saved: (task) => tasks.put(task),
  removed: (id) => tasks.drop(id),
  failed: fail,
  closed: () => live.unsubscribe("comments"),
});
let filters;
let tasks;
let listing = 0;
let isLoaded = false;

function showState(state) {
  if (state === "reconnecting" && byId("state").dataset.state === "live") {
    say("The connection was lost; trying again.");
  }
  byId("state").dataset.state = state;
  byId("state-text").textContent = STATES[state];
}

/** Shows a problem until it is dismissed. */
function fail(problem) {
  if (problem.status === 401) {
    return;
  }
  const dismiss = () => shown.remove();
  const wait = problem.retryAfter ? " Try again in " + problem.retryAfter + " s." : "";
  const shown = h(
    "p",
    { class: "problem" },
    h("strong", {}, problem.title ?? "The page failed."),
    " ",
    (problem.detail ?? problem.message ?? "") + wait,
    h("button", { type: "button", class: "quiet", "aria-label": "Dismiss", onclick: dismiss }, "✕"),
  );
  hold(byId("problems"), shown);
}

/** Does what may be refused; whether it was done. */
async function attempt(action) {
  try {
    await action();
    hold(byId("problems"));
    return true;
  } catch (problem) {
    fail(problem);
    return false;
  }
}

function show(changed = "") {
  const shown = tasks.inOrder;
  list.show(shown, changed);
  byId("more").hidden = !tasks.hasMore;
  const isEmpty = isLoaded && shown.length === 0;
  byId("list").hidden = shown.length === 0;
  byId("empty").hidden = !isEmpty;
  byId("empty").textContent = filters.isNarrow
    ? "Nothing fits. Widen the search or choose another status."
    : "Nothing here. Write down the first thing to do above.";
}

/** Hears of changes first and loads then, so that none falls between. */
function follow(name, filter, { load, change, left = () => {} }) {
  let isLoading = false;
  const begin = () => {
    isLoading = true;
    attempt(load);
  };
  live.subscribe(name, filter, { begun: (whole) => whole && begin(), change, left });
  setTimeout(() => !isLoading && begin(), live.isOpen ? PATIENCE_MILLIS : FIRST_PATIENCE_MILLIS);
}

/** Lists what the filter asks for now. */
function relist() {
  live.unsubscribe("tasks-" + listing);
  listing += 1;
  isLoaded = false;
  byId("add-hidden").hidden = true;
  const own = listing;
  const chosen = filters.filter;
  const made = new Tasks(chosen, (changed) => own === listing && show(changed));
  tasks = made;
  const load = async () => {
    if (own === listing) {
      await made.load();
      isLoaded = true;
      show();
      say(count(made));
    }
  };
  follow("tasks-" + own, interest(chosen), {
    load,
    change: (change) => heard(made, change),
    left: (kind, id) => made.leave(id),
  });
}

function count(made) {
  const number = made.inOrder.length;
  return number + (made.hasMore ? " tasks and more" : number === 1 ? " task" : " tasks");
}

function heard(made, change) {
  if (change.deleted) {
    made.drop(change.id);
    detail.gone(change.id);
    return;
  }
  detail.hear(change.image);
  if (made.hear(change.image)) {
    say(change.actor.name + " changed “" + change.image.title + "”");
  }
}

function followCatalog() {
  catalog.onChange(() => {
    filters.offer(catalog);
    list.renew();
    show();
  });
  follow(
    "catalog",
    { kinds: ["project", "label", "member"] },
    { load: () => catalog.load(), change: (change) => catalog.hear(change) },
  );
}

function open(task) {
  detail.open(tasks.find(task.id) ?? task);
  follow(
    "comments",
    { kinds: ["comment"] },
    { load: () => detail.loadComments(), change: (change) => detail.hearComment(change) },
  );
}

async function tick(task, isDone) {
  const path = "/v1/tasks/" + task.id;
  const status = isDone ? "done" : "open";
  try {
    tasks.put(await call("PATCH", path, { status }, task.revision));
    say(isDone ? "Done: " + task.title : "Open again: " + task.title);
  } catch (problem) {
    const isStale = problem.status === 412;
    if (isStale && (await attempt(async () => tasks.put(await call("GET", path))))) {
      fail({
        title: "Somebody else changed “" + task.title + "” meanwhile.",
        detail: "This is their version; look at it and try again.",
      });
    } else if (!isStale) {
      fail(problem);
    }
    list.renew();
    show();
  }
}

async function add(event) {
  event.preventDefault();
  const form = event.target;
  const { title, due, priority } = Object.fromEntries(new FormData(form));
  const wanted = { title: title.trim(), priority };
  if (due) {
    wanted.due = due;
  }
  const chosen = filters.filter;
  if (chosen.project) {
    wanted.project = chosen.project;
  }
  if (chosen.label) {
    wanted.labels = [chosen.label];
  }
  let added = "";
  form.inert = true;
  const isDone = await attempt(async () => {
    const made = await call("POST", "/v1/tasks", wanted);
    added = made.id;
    tasks.put(made);
    say("Added: " + made.title);
  });
  form.inert = false;
  if (isDone) {
    form.reset();
    byId("add-hidden").hidden = !isLoaded || tasks.inOrder.some(({ id }) => id === added);
  }
  byId("add-title").focus();
}

/** Loads more when the end of the list comes into view. */
const ending = new IntersectionObserver(
  (seen) => seen.at(-1).isIntersecting && byId("more").click(),
);

async function more() {
  byId("more").disabled = true;
  const isDone = await attempt(() => tasks.more());
  byId("more").disabled = false;
  if (isDone) {
    // It hears of changes alone, and the end may still be in view, or be there again.
    ending.unobserve(byId("more"));
    ending.observe(byId("more"));
  }
}

function keys(event) {
  const isTyping = event.target.closest("input:not(.tick), textarea, select, dialog");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || byId("main").hidden) {
    return;
  }
  const place = { n: "add-title", "/": "filter-q" }[event.key];
  if (place) {
    event.preventDefault();
    byId(place).focus();
  } else if (event.key === "ArrowDown" && !event.target.closest(".row")) {
    byId("list").querySelector(".title")?.focus();
  }
}

function begin() {
  byId("main").hidden = false;
  byId("state").hidden = false;
  byId("forget").hidden = !token();
  live.start();
  followCatalog();
  relist();
}

function end() {
  live.stop();
  byId("detail").close();
  byId("main").hidden = true;
  byId("state").hidden = true;
  byId("forget").hidden = true;
}

async function start() {
  hold(byId("add-priority"), PRIORITIES.map(([word, name]) => option(word, name, word === "none")));
  filters = new Filters(catalog, relist);
  byId("add").addEventListener("submit", add);
  byId("more").addEventListener("click", more);
  ending.observe(byId("more"));
  document.addEventListener("keydown", keys);
  byId("forget").addEventListener("click", async () => {
    forget();
    location.reload();
  });
  await enter();
  onUnwelcome(async (problem) => {
    if (!byId("main").hidden) {
      end();
      await reenter(problem.title);
      begin();
    }
  });
  begin();
}

start().catch(fail);
