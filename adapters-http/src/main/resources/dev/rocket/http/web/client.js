/** The REST client: tokens, entity tags and problem documents. */

const KEY = "rocket.token";

/** A no of the server, or a server that cannot be reached. */
export class Problem extends Error {
  constructor(status, title, detail, retryAfter = "") {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}

let unwelcome = () => {};

/** Sets what happens when the server no longer knows the token. */
export function onUnwelcome(action) {
  unwelcome = action;
}

/** The token of this tab; empty where there is none. */
export function token() {
  return sessionStorage.getItem(KEY) ?? "";
}

/** Keeps a token for as long as this tab is open. */
export function keep(text) {
  sessionStorage.setItem(KEY, text);
}

/** Forgets the token. */
export function forget() {
  sessionStorage.removeItem(KEY);
}

/**
 * Asks the server.
 *
 * Returns what it answered, or null where it answered nothing; throws a Problem. With a revision
 * the write is refused, 412, when somebody else was faster.
 */
export async function call(method, path, body = undefined, revision = 0) {
  const headers = { Accept: "application/json" };
  if (token()) {
    headers.Authorization = "Bearer " + token();
  }
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
  }
  if (revision) {
    headers["If-Match"] = '"' + revision + '"';
  }
  let answer;
  try {
    answer = await fetch(path, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
    });
  } catch {
    throw new Problem(0, "No connection", "The server cannot be reached. Nothing was lost here.");
  }
  if (!answer.ok) {
    const problem = await read(answer);
    if (answer.status === 401 && path !== "/v1/setup") {
      unwelcome(problem);
    }
    throw problem;
  }
  return answer.status === 204 ? null : answer.json();
}

async function read(answer) {
  let told = {};
  try {
    told = await answer.json();
  } catch {
    told = { title: answer.statusText };
  }
  const title = told.title || "Error " + answer.status;
  const after = answer.headers.get("Retry-After") ?? "";
  return new Problem(answer.status, title, told.detail ?? "", after);
}

/** Every item of a short list, such as all labels. */
export async function all(path) {
  const items = [];
  let next = "";
  do {
    const page = await call("GET", path + "?limit=200" + (next ? "&after=" + next : ""));
    items.push(...page.items);
    next = page.next ? encodeURIComponent(page.next) : "";
  } while (next && items.length < 2000);
  return items;
}
