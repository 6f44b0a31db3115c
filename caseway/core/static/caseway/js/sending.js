import { csrfToken } from "./request.js";

/** How long nothing may move before a request is given up, and the pauses before it is tried again. */
const STILL = 60_000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
const MOST_TRIES = 10;
const MOST_IN_MEMORY = 100_000_000;

/** Why the server doesn't take it: trying again would give the same. */
export class Refusal extends Error {
  constructor(status, words) {
    super(words);
    this.status = status;
  }
}

/** Nothing came of it, and something may come of it later. `wait` is what the server asked for, in ms. */
class Trouble extends Error {
  constructor(words = "", wait = 0) {
    super(words);
    this.wait = wait;
  }
}

/**
 * One file on its way, part by part. Each step is tried until it is done or refused: with growing
 * pauses, at once when the browser is back on line. Parts that have arrived are never sent again.
 *
 *   new Sending(file, {url, sha256, told, on}).run()  ->  the file's {id, name, size, remove_url}
 *
 * `told` is what the server said of it earlier, to go on with. `on`: progress(bytes), began(told),
 * broke() at each loss, going() at each step done. Throws Refusal; AbortError after stop();
 * NotReadableError where the file changed under our hands; and what was the trouble after many
 * tries: then run() again goes on.
 */
export class Sending {
  constructor(file, { url, sha256 = "", told = null, on }) {
    Object.assign(this, { file, url, sha256, told, on });
    this.stopping = new AbortController();
  }

  async run() {
    try {
      return await this.send();
    } catch (problem) {
      if (!(problem instanceof Refusal && problem.status === 404 && this.told)) throw problem;
      // It was forgotten meanwhile, a day later say: once more from the beginning.
      this.told = null;
      return this.send();
    }
  }

  async send() {
    if (!this.told) await this.begin();
    if (this.told.file) return this.told.file;
    const { part_size: size, missing } = this.told;
    const absent = new Set(missing);
    while (absent.size) {
      const [offset] = absent;
      await this.part(offset, Math.min(size, this.file.size - offset), this.arrived(absent));
      absent.delete(offset);
      this.told.missing = [...absent];
    }
    this.on.progress(this.file.size);
    return this.step("POST", this.told.finish_url);
  }

  async begin() {
    const { name, size } = this.file;
    this.told = await this.step("POST", this.url, { body: new URLSearchParams({ name, size, sha256: this.sha256 }) });
    this.on.began(this.told);
  }

  /** Bytes that have arrived while these parts haven't. */
  arrived(absent) {
    const { part_size: size } = this.told;
    return [...absent].reduce((left, offset) => left - Math.min(size, this.file.size - offset), this.file.size);
  }

  async part(offset, length, before) {
    const address = this.told.part_url.replace("{offset}", offset);
    // Read here, a file that changed or went says so; sent as it is, it would look like a lost line.
    const body = await this.file.slice(offset, offset + length).arrayBuffer();
    const progress = (loaded) => this.on.progress(before + Math.min(loaded, length));
    progress(0);
    return this.step("PUT", address, { body, type: "application/octet-stream", progress });
  }

  /** Leave it for now. */
  rest() {
    this.stopping.abort();
  }

  /** Forget what has arrived, here and at the server. */
  async stop() {
    this.rest();
    if (this.told) await request("DELETE", this.told.url, { keepalive: true }).catch(() => {});
  }

  async step(method, url, options = {}) {
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await request(method, url, { ...options, signal: this.stopping.signal });
        this.on.going();
        return answer;
      } catch (problem) {
        if (!(problem instanceof Trouble)) throw problem;
        if (tries >= MOST_TRIES) throw problem;
        this.on.broke();
        await pause(problem.wait || FIRST_PAUSE * 2 ** (tries - 1), this.stopping.signal);
      }
    }
  }
}

/** What the server says of a file that was on its way; null where it knows of none. */
export async function stateOf(url) {
  try {
    return await request("GET", url);
  } catch (problem) {
    if (problem instanceof Refusal) return null;
    throw problem;
  }
}

/** The SHA-256 of a file in hexadecimal digits; "" where the page may not compute one. */
export async function digestOf(file) {
  if (!globalThis.crypto?.subtle || file.size > MOST_IN_MEMORY) return "";
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A while, shorter or longer by chance so that not all come back at once; until on line, if off. */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, navigator.onLine ? Math.min(LONGEST_PAUSE, milliseconds) * (0.75 + Math.random() / 2) : 2 ** 30);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      signal.removeEventListener("abort", stop);
      resolve();
    }
    function stop() {
      done();
      reject(signal.reason);
    }
    addEventListener("online", done);
    signal.addEventListener("abort", stop);
    if (signal.aborted) stop();
  });
}

/** One request, told how far it has come. `fetch` would not say that. */
function request(method, url, { body = null, type = "", progress = null, signal = null, keepalive = false } = {}) {
  if (keepalive) return fetch(url, { method, keepalive, headers: { "X-CSRFToken": csrfToken() } });
  return new Promise((resolve, reject) => {
    if (signal?.aborted) reject(signal.reason);
    const sent = new XMLHttpRequest();
    let watch;
    const moved = () => {
      clearTimeout(watch);
      watch = setTimeout(() => sent.abort(), STILL);
    };
    sent.upload.addEventListener("progress", (event) => {
      moved();
      progress?.(event.loaded);
    });
    sent.addEventListener("load", () => settle(sent, new URL(url, location.href), resolve, reject));
    sent.addEventListener("error", () => reject(new Trouble()));
    sent.addEventListener("abort", () => reject(signal?.aborted ? signal.reason : new Trouble()));
    sent.addEventListener("loadend", () => clearTimeout(watch));
    signal?.addEventListener("abort", () => sent.abort());
    sent.open(method, url);
    sent.setRequestHeader("Accept", "application/json");
    if (method !== "GET") sent.setRequestHeader("X-CSRFToken", csrfToken());
    if (type) sent.setRequestHeader("Content-Type", type);
    moved();
    sent.send(body);
  });
}

function settle(sent, asked, resolve, reject) {
  const { status } = sent;
  const isJSON = /json/.test(sent.getResponseHeader("Content-Type") ?? "");
  const answer = isJSON ? JSON.parse(sent.responseText) : null;
  // Sent elsewhere, to the sign-in, a request has written nothing, however well that page answers.
  const elsewhere = new URL(sent.responseURL).pathname !== asked.pathname;
  if (elsewhere || status === 403) reject(new Refusal(403, ""));
  else if (status < 300) resolve(answer);
  else if (status === 429 || status >= 500) reject(new Trouble(answer?.detail, 1000 * Number(sent.getResponseHeader("Retry-After") ?? 0)));
  else reject(new Refusal(status, answer?.detail ?? ""));
}
