import { SignedOut, send } from "./request.js";
import { fill, pageLanguage, readerZone } from "./words.js";

/** A whole form kept on the server while it is filled in: `<form data-draft="address">`. */
const PAUSE = 1500;

class FormDraft {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector("[data-draft-status]");
    this.kept = this.content();
    form.addEventListener("input", () => this.wait());
    form.addEventListener("change", () => this.wait());
    form.addEventListener("keydown", (event) => this.keyed(event));
    form.addEventListener("submit", () => this.leave());
    addEventListener("pagehide", () => this.keep());
    // A fragment that wants the reader to sign in must not carry them off in the middle of a word.
    form.addEventListener("htmx:beforeOnLoad", (event) => this.stay(event));
    // Files that have arrived or were removed are part of it, though nobody typed them.
    const files = form.querySelector(".uploads");
    if (files) new MutationObserver(() => this.wait()).observe(files, { childList: true, subtree: true });
  }

  /** What would be kept, as the text of a query; files themselves are sent on their own. */
  content() {
    const pairs = [...new FormData(this.form)].filter(([name, value]) => typeof value === "string"
      && !["csrfmiddlewaretoken", "token", "do"].includes(name) && !name.endsWith("-q"));
    return new URLSearchParams(pairs).toString();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  /** The server ends the draft with the case; a late save would bring it back. */
  leave() {
    this.left = true;
    clearTimeout(this.timer);
    this.flight?.abort();
  }

  /** Enter in a line sends nothing by accident; in a search it searches. */
  keyed(event) {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input:not([type=file])")) return;
    event.preventDefault();
    if (event.target.type === "search") event.target.closest(".row")?.querySelector("button")?.click();
  }

  async keep() {
    const content = this.content();
    clearTimeout(this.timer);
    if (this.left || content === this.kept) return;
    this.flight = new AbortController();
    try {
      const answer = await send(this.form.dataset.draft, {
        body: new URLSearchParams(content), signal: this.flight.signal,
      });
      if (answer.status === 409) return this.overtaken(await answer.text());
      if (!answer.ok) throw new Error(`${answer.status}`);
      this.kept = content;
      delete this.form.dataset.dirty;
      const time = new Date().toLocaleTimeString(pageLanguage(), { hour: "2-digit", minute: "2-digit", timeZone: readerZone() });
      this.say(fill(this.form.dataset.saved, { time }));
    } catch (error) {
      if (error.name === "AbortError") return;
      this.form.dataset.dirty = "";
      this.say((error instanceof SignedOut && this.form.dataset.signedOut) || this.form.dataset.unsaved);
    }
  }

  stay(event) {
    if (!event.detail.xhr.getResponseHeader("HX-Redirect") || !this.form.dataset.signedOut) return;
    event.preventDefault();
    this.form.dataset.dirty = "";
    this.say(this.form.dataset.signedOut);
  }

  /** Another page saved something else meanwhile: nothing more is kept until somebody chooses. */
  overtaken(notice) {
    this.leave();
    const place = this.form.querySelector("[data-overtaken]");
    place.replaceChildren(...new DOMParser().parseFromString(notice, "text/html").body.childNodes);
    // What is not kept must not be left by accident; choosing ends it.
    place.addEventListener("click", (event) => { if (event.target.closest("a, button")) delete this.form.dataset.dirty; });
    this.form.dataset.dirty = "";
    this.say(this.form.dataset.unsaved);
  }

  say(words) {
    if (this.status) this.status.textContent = words;
  }
}

for (const form of document.querySelectorAll("form[data-draft]")) new FormDraft(form);
