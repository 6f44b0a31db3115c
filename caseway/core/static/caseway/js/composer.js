import { announce } from "./announce.js";
import { Inserting } from "./inserting.js";
import { send } from "./request.js";
import { fill, pageLanguage, readerZone } from "./words.js";

/** Writing a message: one text per audience, kept as a draft while it is typed. */
const DRAFT_PAUSE = 1500;

/** From a composer to the one that takes its place: by audience, its text, and what the server then knew of it. */
const handedOver = new Map();

/** One text of what a new page shows and what was typed since the server wrote it, which undoing may have added to. */
function joined(shown, { text, known }) {
  if (text === known) return shown;
  if (shown === known) return text;
  if (shown.includes(text)) return shown;
  return known && shown.includes(known) ? shown.replace(known, () => text) : `${shown}\n\n${text}`.trim();
}

class CwComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.text = this.querySelector("textarea[name=text]");
    this.status = this.querySelector("[data-draft-status]");
    this.audience = this.chosen;
    this.saved = new Map([[this.audience, this.text.value]]);
    for (const other of this.querySelectorAll("[data-text-for]")) this.saved.set(other.dataset.textFor, other.value);
    this.savedFiles = new Map([...this.saved.keys()].map((key) => [key, this.filesFor(key).join()]));
    this.savedCopies = new Map([...this.saved.keys()].map((key) => [key, `${this.copiesFor(key)}`]));
    this.texts = new Map(this.saved);
    this.recover();
    this.isWriting = this.text.value.trim() !== "";
    this.listen();
    if (this.querySelector("[data-insertbox]")) this.inserting = new Inserting(this);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    removeEventListener("pagehide", this.leave);
    document.removeEventListener("htmx:beforeRequest", this.asked);
    document.removeEventListener("htmx:beforeSwap", this.replaced);
  }

  listen() {
    this.leave = () => this.save();
    addEventListener("pagehide", this.leave);
    this.known = this.saved;
    this.asked = ({ detail }) => { if (detail.target?.contains(this)) this.known = new Map(this.saved); };
    this.replaced = ({ detail }) => { if (detail.target?.contains(this)) this.handOver(); };
    document.addEventListener("htmx:beforeRequest", this.asked);
    document.addEventListener("htmx:beforeSwap", this.replaced);
    this.text.addEventListener("input", () => {
      if (!this.isWriting) this.hasSeen();
      this.isWriting = this.text.value.trim() !== "";
      this.forgiveEmptiness();
      this.mark();
      this.wait();
    });
    this.text.addEventListener("blur", () => { this.saving = this.save(); });
    this.addEventListener("caseway:files", () => this.save());
    this.addEventListener("change", (event) => {
      if (event.target.matches("[name=audience]")) this.turnTo(event.target.value);
      else if (event.target.name?.startsWith("cc-")) this.wait();
    });
    this.addEventListener("keydown", (event) => this.keyed(event));
    this.form.addEventListener("submit", (event) => this.sent(event));
    this.addEventListener("htmx:afterRequest", (event) => {
      if (event.target === this.form) this.answered(event.detail);
    });
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.saving = this.save(); }, DRAFT_PAUSE);
  }

  /** The page renews itself after an operation: what was typed here goes over to the next composer. */
  handOver() {
    this.save();
    this.texts.set(this.audience, this.text.value);
    handedOver.clear();
    for (const [audience, text] of this.texts) {
      // What was sent stays sent.
      if (!this.sending || audience !== this.audience) handedOver.set(audience, { text, known: this.known.get(audience) });
    }
  }

  /** Whoever begins to write has read what stands there: an answer that comes later is news. */
  hasSeen() {
    const { latest } = this.form.elements;
    if (!latest) return;
    const shown = [...document.querySelectorAll("#stream article[id^=message-]")].map((one) => Number(one.id.slice(8)));
    latest.value = Math.max(Number(latest.value), ...shown.filter(Number.isFinite));
  }

  /** Waits until what is typed is kept at the server. */
  async settle() {
    await this.saving;
    this.saving = this.save();
    await this.saving;
  }

  get chosen() { return this.querySelector("[name=audience]:checked")?.value ?? "customer"; }

  /** Begins to write: the cursor goes to the end of the text. */
  write() {
    this.text.focus();
    this.text.setSelectionRange(this.text.value.length, this.text.value.length);
    this.scrollIntoView({ block: "nearest" });
  }

  turnTo(audience) {
    this.save();
    this.texts.set(this.audience, this.text.value);
    this.audience = audience;
    this.text.value = this.texts.get(audience) ?? "";
    this.status?.replaceChildren();
    this.mark();
  }

  keyed(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const buttons = [...this.form.querySelectorAll(".btn.primary[type=submit]")];
      this.form.requestSubmit(buttons.find((button) => button.checkVisibility()));
    } else if (event.target.matches("input")) {
      event.preventDefault();
    }
  }

  sent(event) {
    if (!this.text.value.trim() && !this.hasFiles()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.askForWords();
      return;
    }
    // The server ends the draft with the message; a late save would bring it back.
    this.sending = true;
    clearTimeout(this.timer);
    this.flight?.abort();
    delete this.dataset.dirty;
    sessionStorage.setItem(this.storageKey(this.audience), this.text.value);
  }

  /** Only "done" (204) means sent. A question in a dialog, a refusal or the sign-in leave it to be written. */
  answered({ successful, xhr }) {
    // What was sent stays sent: the swap takes the field away, and its blur would save it once more.
    this.sending = successful && xhr.status === 204;
    if (this.sending) sessionStorage.removeItem(this.storageKey(this.audience));
    else this.posting = "";
  }

  /** Says at the field that nothing was written, where the page has words for it. */
  askForWords() {
    const blank = this.querySelector("template[data-empty]");
    if (blank && !this.querySelector(".error.empty")) {
      const error = blank.content.firstElementChild.cloneNode(true);
      this.querySelector(".error")?.remove();
      this.text.after(error);
      this.text.setAttribute("aria-invalid", "true");
      this.text.setAttribute("aria-describedby", error.id);
      announce(error.textContent.trim());
    }
    this.write();
  }

  forgiveEmptiness() {
    const error = this.querySelector(".error.empty");
    if (!error) return;
    error.remove();
    this.text.removeAttribute("aria-invalid");
    this.text.removeAttribute("aria-describedby");
  }

  hasFiles() {
    const part = this.listFor(this.audience);
    return part?.querySelector("li:not(.bad)") != null;
  }

  listFor(audience) {
    return this.querySelector(`[data-for="${audience}"] .uploads`) ?? this.querySelector(".uploads");
  }

  /** The ids of the files that are uploaded for an audience. */
  filesFor(audience) {
    const inputs = this.listFor(audience)?.querySelectorAll("li:not(.bad) input[type=hidden]") ?? [];
    return [...inputs].map((input) => input.value);
  }

  /** Who is to be mailed a copy, as a form's pairs: none while nobody has chosen otherwise than usual. */
  copiesFor(audience) {
    const ticks = [...this.querySelectorAll(`[name="cc-${audience}"]`)];
    const typed = this.querySelector(`[name="cc-${audience}-more"]`)?.value.trim() ?? "";
    if (!typed && ticks.every((tick) => tick.checked === ("usual" in tick.dataset))) return new URLSearchParams();
    const pairs = ticks.filter((tick) => tick.checked).map((tick) => [tick.name, tick.value]);
    return new URLSearchParams([[`cc-${audience}-asked`, "yes"], ...pairs, [`cc-${audience}-more`, typed]]);
  }

  /** Without drafts, unsent text is lost when the page is left: guard.js asks. */
  mark() {
    const unsent = this.text.value !== this.saved.get(this.audience);
    if (unsent && !this.dataset.draftUrl) this.dataset.dirty = "";
    if (!unsent) delete this.dataset.dirty;
  }

  async save() {
    const { audience } = this;
    const text = this.text.value;
    const files = this.filesFor(audience);
    clearTimeout(this.timer);
    if (!this.dataset.draftUrl || this.sending) return;
    const copies = this.copiesFor(audience);
    const isKept = text === this.saved.get(audience) && files.join() === this.savedFiles.get(audience)
      && `${copies}` === this.savedCopies.get(audience);
    const posting = `${audience} ${files} ${copies} ${text}`;
    if (isKept || this.posting === posting) return;
    this.posting = posting;
    const body = new FormData();
    body.append("audience", audience);
    body.append("text", text);
    for (const id of files) body.append("attachments", id);
    for (const [name, value] of copies) body.append(name, value);
    this.flight = new AbortController();
    sessionStorage.setItem(this.storageKey(audience), text);
    try {
      const answer = await send(this.dataset.draftUrl, { body, signal: this.flight.signal });
      if (!answer.ok) throw new Error(`${answer.status}`);
      this.stored(audience, text, files, copies);
    } catch (error) {
      if (error.name === "AbortError") return;
      this.dataset.dirty = "";
      this.say(this.dataset.unsaved);
    } finally {
      this.posting = "";
    }
  }

  stored(audience, text, files, copies) {
    this.saved.set(audience, text);
    this.savedFiles.set(audience, files.join());
    this.savedCopies.set(audience, `${copies}`);
    sessionStorage.removeItem(this.storageKey(audience));
    this.mark();
    const time = new Date().toLocaleTimeString(pageLanguage(), { hour: "2-digit", minute: "2-digit", timeZone: readerZone() });
    if (audience === this.audience) this.say(text || files.length || copies.size ? fill(this.dataset.saved, { time }) : "");
  }

  say(words) {
    if (this.status) this.status.textContent = words;
  }

  storageKey(audience) { return `caseway.draft ${this.dataset.writer ?? ""} ${location.pathname} ${audience}`; }

  /** Text that the composer before this one had, or that the server never got before a reload. */
  recover() {
    for (const [audience, shown] of this.saved) {
      const handed = handedOver.get(audience);
      const text = handed ? joined(shown, handed) : sessionStorage.getItem(this.storageKey(audience));
      if (text !== null) this.texts.set(audience, text);
    }
    handedOver.clear();
    this.text.value = this.texts.get(this.audience) ?? "";
    if (this.text.value !== this.saved.get(this.audience)) this.save();
  }
}

customElements.define("cw-composer", CwComposer);
