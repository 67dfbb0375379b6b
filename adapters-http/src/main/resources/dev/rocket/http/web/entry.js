/** The way in: finishing the set-up, or telling the page a token. */

import { call, forget, keep, Problem, token } from "./client.js";
import { byId, copier, h, hold } from "./dom.js";

/** Resolves once the server answers this tab. */
export async function enter() {
  const setup = new URLSearchParams(location.hash.slice(1)).get("setup");
  if (setup) {
    history.replaceState(null, "", location.pathname + location.search);
    await setUp(setup);
    return;
  }
  if (!token() && (await isWelcome())) {
    return;
  }
  while (!token()) {
    await askForToken("");
  }
}

/** Asks for a token anew, telling why. */
export async function reenter(why) {
  forget();
  await askForToken(why);
}

/** Whether the server answers with the token of this tab, or without any. */
async function isWelcome() {
  try {
    await call("GET", "/v1/tasks?limit=1");
    return true;
  } catch (problem) {
    if (problem.status === 401) {
      return false;
    }
    throw problem;
  }
}

function show(title, ...content) {
  const place = byId("entry");
  hold(place, h("h1", { id: "entry-title" }, title), ...content);
  place.hidden = false;
  byId("main").hidden = true;
  place.querySelector("input, button")?.focus();
}

function leave() {
  byId("entry").hidden = true;
}

function told(problem) {
  return h(
    "p",
    { class: "problem", role: "alert" },
    h("strong", {}, problem.title),
    " ",
    problem.detail ?? "",
  );
}

/** Shows a form between other content; resolves with what `send` gives once it succeeds. */
function form({ title, before, field, button, after }, send) {
  return new Promise((done) => {
    const nay = h("div", {});
    const made = h("form", { class: "stack" }, field, nay, h("button", {}, button));
    made.addEventListener("submit", async (event) => {
      event.preventDefault();
      hold(nay);
      made.inert = true;
      try {
        done(await send());
      } catch (problem) {
        hold(nay, told(problem));
      } finally {
        made.inert = false;
      }
    });
    show(title, before, made, after);
  });
}

async function askForToken(why) {
  const input = h("input", {
    id: "token",
    type: "password",
    autocomplete: "off",
    spellcheck: "false",
    required: true,
    pattern: "[!-~]+",
  });
  const screen = {
    title: "Your token, please",
    before: [
      why ? told({ title: why }) : null,
      h("p", {}, "It stays in this tab and is forgotten when you close it."),
    ],
    field: [h("label", { for: "token" }, "Token"), input],
    button: "Continue",
    after: h(
      "p",
      { class: "hint" },
      "An admin makes tokens with ",
      h("code", {}, "rocket token"),
      ".",
    ),
  };
  await form(screen, async () => {
    keep(input.value.trim());
    if (!(await isWelcome())) {
      forget();
      throw new Problem(401, "Not a valid token.", "It is mistyped, expired or revoked.");
    }
  });
  leave();
}

async function setUp(secret) {
  const input = h("input", { id: "setup-name", value: "admin", maxlength: 200, required: true });
  const screen = {
    title: "Finish setting up",
    before: h(
      "p",
      {},
      "This server is new. One step makes its first token, which may do everything.",
    ),
    field: [h("label", { for: "setup-name" }, "Name of the token"), input],
    button: "Make the admin token",
    after: null,
  };
  const made = await form(screen, () =>
    call("POST", "/v1/setup", { token: secret, name: input.value.trim() }),
  );
  keep(made.token);
  await showOnce(made.token);
  leave();
}

function showOnce(secret) {
  return new Promise((done) => {
    show(
      "Your admin token",
      h("p", {}, "It is shown this once. Keep it where you keep passwords."),
      h("output", { id: "secret", class: "secret" }, secret),
      h(
        "div",
        { class: "buttons" },
        copier("Copy", () => secret),
        h("button", { type: "button", id: "kept", onclick: () => done() }, "I have kept it"),
      ),
    );
  });
}
