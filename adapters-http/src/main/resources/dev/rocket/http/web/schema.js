/** JSON schemas and the light Markdown of descriptions, as elements. */

import { h } from "./dom.js";

/** A document whose references can be followed. */
export class Book {
  #document;

  constructor(document) {
    this.#document = document;
  }

  /** A node, or what it refers to with its own members on top. */
  resolve(node) {
    let found = node ?? {};
    for (let steps = 0; found.$ref && steps < 20; steps += 1) {
      const { $ref, ...own } = found;
      const target = $ref
        .replace(/^#\//, "")
        .split("/")
        .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
        .reduce((at, part) => at?.[part], this.#document);
      found = { ...(target ?? {}), ...own };
    }
    return found;
  }
}

/** The name at the end of a reference to a schema; empty where it is none. */
function named(schema) {
  return /^#\/components\/schemas\/([^/]+)$/.exec(schema?.$ref ?? "")?.[1] ?? "";
}

/** Paragraphs with `code` and **bold** parts. */
export function prose(text) {
  return (text ?? "")
    .split(/\n\s*\n/)
    .filter((paragraph) => paragraph.trim())
    .map((paragraph) => h("p", {}, inline(paragraph)));
}

/** One paragraph's parts. */
export function inline(text) {
  return (text ?? "").split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.startsWith("`") && part.length > 2) {
      return h("code", {}, part.slice(1, -1));
    }
    return part.startsWith("**") && part.length > 4 ? h("strong", {}, part.slice(2, -2)) : part;
  });
}

function between(parts, word) {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [word, part]));
}

/** A schema's type in a few words, with links to the schemas it names. */
export function type(schema) {
  const name = named(schema);
  if (name) {
    return [h("a", { href: "#schema-" + name }, name)];
  }
  if (schema === true || !schema) {
    return ["anything"];
  }
  if ("const" in schema) {
    return [h("code", {}, JSON.stringify(schema.const))];
  }
  if (schema.enum) {
    return between(
      schema.enum.map((value) => h("code", {}, JSON.stringify(value))),
      " ",
    );
  }
  for (const [word, joint] of [
    ["oneOf", " or "],
    ["anyOf", " or "],
    ["allOf", " and "],
  ]) {
    if (schema[word]) {
      return between(schema[word].map((part) => h("span", {}, type(part))), joint);
    }
  }
  const types = [schema.type ?? "anything"].flat();
  if (types.includes("array") && schema.items) {
    return ["array of ", ...type(schema.items)];
  }
  return [types.join(" or ")];
}

/** What bounds a value, in words; a named schema tells its own where it stands. */
export function bounds(schema) {
  const parts = [];
  const range = (low, high, unit) => {
    if (low !== undefined && high !== undefined) {
      parts.push(low + " to " + high + unit);
    } else if (low !== undefined) {
      parts.push("from " + low + unit);
    } else if (high !== undefined) {
      parts.push("up to " + high + unit);
    }
  };
  range(schema.minLength, schema.maxLength, " characters");
  range(schema.minimum, schema.maximum, "");
  range(schema.minItems, schema.maxItems, " items");
  if (schema.format) {
    parts.push(schema.format);
  }
  if (schema.pattern) {
    parts.push(h("span", {}, "like ", h("code", {}, schema.pattern)));
  }
  if (schema.default !== undefined) {
    parts.push(h("span", {}, "default ", h("code", {}, JSON.stringify(schema.default))));
  }
  return between(parts, ", ");
}

/** Members of an object, each with its type, bounds and meaning. */
export function members(schema, book) {
  const whole = book.resolve(schema);
  const properties = Object.entries(whole.properties ?? {});
  const required = new Set(whole.required ?? []);
  const parts = (whole.allOf ?? []).filter((part) => !named(part));
  return [
    properties.length === 0
      ? null
      : h(
          "dl",
          { class: "members" },
          properties.map(([name, value]) => member(name, value, required.has(name), book)),
        ),
    ...parts.map((part) => members(part, book)),
  ];
}

function member(name, value, isRequired, book) {
  const known = named(value) ? value : book.resolve(value);
  const nested = known.properties ? known : known.items?.properties ? known.items : null;
  return h(
    "div",
    {},
    h(
      "dt",
      {},
      h("code", {}, name),
      " ",
      h("span", { class: "type" }, type(value)),
      isRequired ? h("span", { class: "must" }, "required") : null,
    ),
    h(
      "dd",
      {},
      h("span", {}, inline(known.description)),
      " ",
      h("span", { class: "bounds" }, bounds(known)),
      nested && !named(value) ? members(nested, book) : null,
    ),
  );
}

/** An example for a body or a schema; undefined where there is none. */
export function example(media, book) {
  if (media?.example !== undefined) {
    return media.example;
  }
  const given = Object.values(media?.examples ?? {})[0];
  if (given) {
    return book.resolve(given).value;
  }
  const schema = book.resolve(media?.schema);
  return schema.examples?.[0] ?? schema.example;
}
