/** Sending a GET from the API page, with the token of this tab if it has one. */

import { token } from "./client.js";
import { h, hold } from "./dom.js";

const MOST_CHARS = 20_000;

/** Whether the answer ends by itself: streams and sockets do not. */
function ends(operation) {
  return !operation.responses?.["101"] && !operation.responses?.["426"];
}

/** Adds a small form to an operation that asks the server. */
export function attach(place, operation) {
  if (!ends(operation)) {
    return;
  }
  const fields = operation.parameters.filter((parameter) =>
    ["path", "query"].includes(parameter.in),
  );
  const inputs = fields.map((parameter) => {
    const name = operation.id + "-" + parameter.name;
    const input = h("input", { id: name, required: parameter.in === "path", autocomplete: "off" });
    return {
      parameter,
      input,
      shown: h("div", { class: "field" }, h("label", { for: name }, parameter.name), input),
    };
  });
  const result = h("div", { class: "result", "aria-live": "polite" });
  const form = h(
    "form",
    { class: "attempt" },
    h("div", { class: "fields" }, inputs.map(({ shown }) => shown)),
    h("button", { class: "quiet" }, "Send"),
    result,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(operation, inputs, result);
  });
  place.append(h("details", {}, h("summary", {}, "Try it"), form));
}

function address(operation, inputs) {
  let path = operation.path;
  const query = new URLSearchParams();
  for (const { parameter, input } of inputs) {
    const value = input.value.trim();
    if (parameter.in === "path") {
      path = path.replace("{" + parameter.name + "}", encodeURIComponent(value));
    } else if (value) {
      query.set(parameter.name, value);
    }
  }
  const asked = query.toString();
  return path + (asked ? "?" + asked : "");
}

async function send(operation, inputs, result) {
  const headers = token() ? { Authorization: "Bearer " + token() } : {};
  hold(result, h("p", { class: "hint" }, "Waiting…"));
  try {
    const answer = await fetch(address(operation, inputs), { headers, cache: "no-store" });
    const text = await answer.text();
    hold(
      result,
      h("p", {}, h("span", { class: "status s" + String(answer.status)[0] }, answer.status)),
      h("pre", { tabindex: "0" }, pretty(text).slice(0, MOST_CHARS)),
      answer.status === 401 ? h("p", { class: "hint" }, "Give the task page a token first.") : null,
    );
  } catch (failure) {
    hold(result, h("p", { class: "problem" }, "No answer: " + failure.message));
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
