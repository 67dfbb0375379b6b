/** The API page: draws /openapi.json. */

import { byId, copier, h, hold } from "./dom.js";
import { attach } from "./attempt.js";
import { Book, bounds, example, inline, members, prose, type } from "./schema.js";

const METHODS = ["get", "post", "put", "patch", "delete", "head", "options"];

/** Every operation with its path, in the document's order. */
function operations(document, book) {
  return Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const told = item[method];
      const parameters = [...(item.parameters ?? []), ...(told.parameters ?? [])].map((each) =>
        book.resolve(each),
      );
      const id = told.operationId ?? (method + path).replace(/\W+/g, "-");
      const security = told.security ?? document.security;
      return { ...told, id, method, path, parameters, security };
    }),
  );
}

function isOpen({ security }) {
  return !security?.length || security.some((way) => Object.keys(way).length === 0);
}

function quoted(text) {
  return "'" + text.replaceAll("'", "'\\''") + "'";
}

/** A command that does it, to be copied. */
function curl(operation, book) {
  const shown = (parameter) => {
    const value = parameter.example ?? book.resolve(parameter.schema).examples?.[0];
    return value === undefined ? "{" + parameter.name + "}" : String(value);
  };
  const inPath = operation.parameters.filter((parameter) => parameter.in === "path");
  const path = inPath.reduce(
    (at, parameter) => at.replace("{" + parameter.name + "}", shown(parameter)),
    operation.path,
  );
  const query = operation.parameters
    .filter((parameter) => parameter.in === "query" && parameter.required)
    .map((parameter) => parameter.name + "=" + encodeURIComponent(shown(parameter)));
  const method = operation.method === "get" ? "" : "-X " + operation.method.toUpperCase() + " ";
  const url = location.origin + path + (query.length ? "?" + query.join("&") : "");
  const parts = ["curl " + method + quoted(url)];
  if (!isOpen(operation)) {
    parts.push('-H "Authorization: Bearer $ROCKET_TOKEN"');
  }
  const [media, body] = Object.entries(book.resolve(operation.requestBody).content ?? {})[0] ?? [];
  if (media) {
    parts.push("-H " + quoted("Content-Type: " + media));
    parts.push("-d " + quoted(JSON.stringify(example(body, book) ?? {})));
  }
  return parts.join(" \\\n  ");
}

function badge(method) {
  return h("span", { class: "method " + method }, method.toUpperCase());
}

function parametersOf(operation, book) {
  if (operation.parameters.length === 0) {
    return null;
  }
  return h(
    "section",
    {},
    h("h4", {}, "Parameters"),
    h(
      "dl",
      { class: "members" },
      operation.parameters.map((parameter) =>
        h(
          "div",
          {},
          h(
            "dt",
            {},
            h("code", {}, parameter.name),
            " ",
            h("span", { class: "type" }, type(parameter.schema)),
            h("span", { class: "where" }, parameter.in),
            parameter.required ? h("span", { class: "must" }, "required") : null,
          ),
          h(
            "dd",
            {},
            h("span", {}, inline(parameter.description)),
            " ",
            h("span", { class: "bounds" }, bounds(parameter.schema)),
          ),
        ),
      ),
    ),
  );
}

function bodyOf(operation, book) {
  const body = book.resolve(operation.requestBody);
  const contents = Object.entries(body.content ?? {});
  if (contents.length === 0) {
    return null;
  }
  return h(
    "section",
    {},
    h("h4", {}, "Body"),
    prose(body.description),
    contents.map(([media, told]) => [
      h("p", {}, h("code", {}, media), " ", h("span", { class: "type" }, type(told.schema))),
      told.schema?.$ref ? null : members(told.schema, book),
    ]),
  );
}

function answersOf(operation, book) {
  return h(
    "section",
    {},
    h("h4", {}, "Answers"),
    h(
      "ul",
      { class: "answers" },
      Object.entries(operation.responses ?? {}).map(([status, given]) => {
        const answer = book.resolve(given);
        const [media, told] = Object.entries(answer.content ?? {})[0] ?? [];
        const isPlain = !media || media === "application/problem+json";
        return h(
          "li",
          {},
          h("span", { class: "status s" + status[0] }, status),
          h("span", {}, inline(answer.description)),
          isPlain ? null : h("span", { class: "type" }, type(told.schema)),
        );
      }),
    ),
  );
}

function article(operation, book) {
  const scope = operation["x-rocket-scope"];
  const command = curl(operation, book);
  const made = h(
    "article",
    { class: "operation card", id: operation.id },
    h(
      "h3",
      {},
      badge(operation.method),
      h("a", { class: "path", href: "#" + operation.id }, operation.path),
      h("span", { class: "scope" }, isOpen(operation) ? "open" : (scope ?? "token")),
    ),
    h("p", { class: "summary" }, inline(operation.summary)),
    operation.deprecated ? h("p", { class: "problem" }, "Deprecated.") : null,
    prose(operation.description),
    h(
      "div",
      { class: "command" },
      h("pre", { tabindex: "0" }, command),
      copier("Copy", () => command),
    ),
    h(
      "details",
      {},
      h("summary", {}, "Parameters, body and answers"),
      parametersOf(operation, book),
      bodyOf(operation, book),
      answersOf(operation, book),
    ),
  );
  if (operation.method === "get") {
    attach(made, operation);
  }
  return made;
}

function schemaCard(name, schema, book) {
  const shown = example({ schema }, book);
  return h(
    "article",
    { class: "schema card", id: "schema-" + name },
    h("h3", {}, h("a", { class: "path", href: "#schema-" + name }, name)),
    prose(schema.description),
    h("p", {}, h("span", { class: "type" }, type(schema)), " ", h("span", {}, bounds(schema))),
    members(schema, book),
    shown === undefined ? null : h("pre", { tabindex: "0" }, JSON.stringify(shown, null, 2)),
  );
}

/** Tags in the document's order, then those that operations name besides. */
function tagsOf(document, all) {
  const told = document.tags ?? [];
  const names = new Set(told.map(({ name }) => name));
  const others = new Set(all.map(({ tags }) => tags?.[0] ?? "other"));
  return [...told, ...[...others].filter((name) => !names.has(name)).map((name) => ({ name }))];
}

function draw(document) {
  const book = new Book(document);
  const all = operations(document, book);
  const tags = tagsOf(document, all).map((tag) => ({
    ...tag,
    own: all.filter(({ tags }) => (tags?.[0] ?? "other") === tag.name),
  }));
  const schemas = Object.entries(document.components?.schemas ?? {});
  hold(
    byId("content"),
    h(
      "header",
      { class: "prose" },
      h("h1", {}, (document.info?.title ?? "API") + " API"),
      h("p", { class: "hint" }, "Version " + (document.info?.version ?? "?")),
      prose(document.info?.description ?? document.info?.summary),
    ),
    tags.map(({ name, description, own }) =>
      h(
        "section",
        { id: "tag-" + name, class: "tag" },
        h("h2", {}, name),
        prose(description),
        own.map((operation) => article(operation, book)),
      ),
    ),
    schemas.length === 0
      ? null
      : h(
          "section",
          { id: "schemas", class: "tag" },
          h("h2", {}, "Schemas"),
          schemas.map(([name, schema]) => schemaCard(name, schema, book)),
        ),
  );
  hold(
    byId("toc"),
    tags.map(({ name, own }) => [
      h("a", { class: "tag-link", href: "#tag-" + name }, name),
      h(
        "ul",
        {},
        own.map(({ id, method, path, summary }) =>
          h("li", {}, h("a", { href: "#" + id, title: path }, badge(method), summary ?? path)),
        ),
      ),
    ]),
    schemas.length ? h("a", { class: "tag-link", href: "#schemas" }, "Schemas") : null,
  );
}

function lost(why) {
  hold(
    byId("content"),
    h("h1", {}, "API"),
    h("p", { class: "problem", role: "alert" }, h("strong", {}, "No description."), " ", why),
  );
}

async function start() {
  byId("contents").open = matchMedia("(min-width: 60rem)").matches;
  try {
    const answer = await fetch("/openapi.json", { credentials: "omit" });
    if (answer.ok) {
      draw(await answer.json());
      if (location.hash) {
        document.getElementById(location.hash.slice(1))?.scrollIntoView();
      }
    } else {
      lost("The server answered " + answer.status + " for /openapi.json.");
    }
  } catch (failure) {
    lost("/openapi.json cannot be read: " + failure.message);
  } finally {
    byId("content").removeAttribute("aria-busy");
  }
}

start();
