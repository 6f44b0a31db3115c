import { announce } from "./announce.js";
import { send } from "./request.js";
import { fill } from "./words.js";

/**
 * The box of things to put into a text: opened by a button with `data-inserts` (the address of the
 * list) and searched by its own field, or opened by a sign typed at the beginning of a word
 * (`data-sign` of the button), and searched by what follows it. Rows carry `data-text`, or `data-url`
 * which gives the text. Arrows move, Enter or Tab chooses, Escape closes; the text keeps the focus.
 */
const TYPING_PAUSE = 120;
const LONGEST_QUERY = 40;

export class Inserting {
  constructor(composer) {
    this.composer = composer;
    this.text = composer.text;
    this.box = composer.querySelector("[data-insertbox]");
    this.search = this.box.querySelector("input");
    this.list = this.box.querySelector("[role=listbox]");
    composer.addEventListener("click", (event) => this.pressed(event));
    composer.addEventListener("keydown", (event) => this.keyed(event), true);
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("blur", (event) => this.left(event));
    this.search.addEventListener("input", () => this.ask(this.search.value));
    this.search.addEventListener("blur", (event) => this.left(event));
    // A press on a row must not take the focus from the text first.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("[role=option]")));
  }

  get isOpen() { return this.box.matches(":popover-open"); }

  get options() { return [...this.list.querySelectorAll("[role=option]")]; }

  get current() { return this.list.querySelector('[aria-selected="true"]'); }

  /** The buttons of the audience that is chosen. */
  get buttons() {
    return [...this.composer.querySelectorAll(`[data-for="${this.composer.chosen}"] [data-inserts]`)];
  }

  pressed(event) {
    const button = event.target.closest("[data-inserts]");
    if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const caret = [this.text.selectionStart, this.text.selectionEnd];
    this.open(button, { inline: false, range: caret });
    this.search.value = "";
    this.search.focus();
    this.ask("");
  }

  /** A sign at the beginning of a word opens the box; what follows it, up to the caret, is searched. */
  typed() {
    const caret = this.text.selectionStart;
    const before = this.text.value.slice(Math.max(0, caret - LONGEST_QUERY), caret);
    for (const button of this.buttons.filter((one) => one.dataset.sign)) {
      const found = before.match(new RegExp(`(?:^|\\s)\\${button.dataset.sign}(\\S*(?: \\S+)?)$`));
      if (found) {
        const from = caret - found[1].length - 1;
        this.open(button, { inline: true, range: [from, caret] });
        this.ask(found[1], TYPING_PAUSE);
        return;
      }
    }
    if (this.inline) this.close();
  }

  open(button, { inline, range }) {
    Object.assign(this, { button, inline, range });
    this.search.parentElement.hidden = inline;
    this.list.setAttribute("aria-label", button.title || button.textContent.trim());
    if (inline) this.text.setAttribute("aria-controls", this.list.id);
    // Without rows a sign is only a sign: the box shows once there is something in it.
    if (!inline && !this.isOpen) this.box.showPopover();
  }

  close({ back = false } = {}) {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (this.isOpen) this.box.hidePopover();
    this.list.replaceChildren();
    this.text.removeAttribute("aria-activedescendant");
    this.text.removeAttribute("aria-controls");
    this.search.removeAttribute("aria-activedescendant");
    this.inline = false;
    if (back) this.text.focus();
  }

  left(event) {
    if (this.box.contains(event.relatedTarget) || this.choosing) return;
    if (this.isOpen || this.inline) this.close();
  }

  ask(query, pause = 0) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetch(query), this.list.children.length ? TYPING_PAUSE : pause);
  }

  async fetch(query) {
    this.asking?.abort();
    this.asking = new AbortController();
    const url = new URL(this.button.dataset.inserts, location.href);
    url.searchParams.set("q", query);
    try {
      const answer = await fetch(url, { headers: { "HX-Request": "true" }, signal: this.asking.signal });
      if (!answer.ok) throw new Error(`${answer.status}`);
      this.show(await answer.text());
    } catch (problem) {
      if (problem.name !== "AbortError") this.close({ back: !this.inline });
    }
  }

  show(rows) {
    this.list.replaceChildren(...new DOMParser().parseFromString(`<ul>${rows}</ul>`, "text/html").querySelector("ul").children);
    this.options.forEach((row, place) => { row.id = `composer-option-${place}`; });
    if (this.inline && !this.options.length) {
      if (this.isOpen) this.box.hidePopover();
      return;
    }
    if (!this.isOpen) this.box.showPopover();
    this.mark(this.options[0]);
    this.list.scrollTop = 0;
  }

  mark(row) {
    for (const other of this.options) other.setAttribute("aria-selected", String(other === row));
    const field = this.inline ? this.text : this.search;
    if (row) field.setAttribute("aria-activedescendant", row.id);
    else field.removeAttribute("aria-activedescendant");
    row?.scrollIntoView({ block: "nearest" });
  }

  keyed(event) {
    if (!this.isOpen || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = this.options;
    if (event.key === "Escape") this.close({ back: true });
    else if (step && all.length) this.mark(all[(all.indexOf(this.current) + step + all.length) % all.length]);
    else if ((event.key === "Enter" || (event.key === "Tab" && this.inline)) && this.current) this.choose(this.current);
    else if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
  }

  async choose(row) {
    if (!row || this.choosing) return;
    this.choosing = true;
    const { range } = this;
    try {
      const { text, blanks } = row.dataset.text === undefined ? await this.textOf(row.dataset.url) : { text: row.dataset.text, blanks: 0 };
      this.close({ back: true });
      this.put(text, range, blanks);
    } catch {
      this.close({ back: true });
      announce(this.box.dataset.failed);
    } finally {
      this.choosing = false;
    }
  }

  async textOf(url) {
    const body = new FormData();
    body.append("audience", this.composer.chosen);
    body.append("token", this.composer.form.elements.token?.value ?? "");
    const answer = await send(url, { body, headers: { "HX-Request": "true" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return { text: await answer.text(), blanks: Number(answer.headers.get("X-Blanks") ?? 0) };
  }

  /** Written as if typed, so that the browser's own undo takes it back. */
  put(text, [from, to], blanks) {
    this.text.focus();
    this.text.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, text)) {
      this.text.setRangeText(text, from, to, "end");
      this.text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (!blanks) return;
    const begins = this.text.value.indexOf("[", from);
    if (begins >= 0) this.text.setSelectionRange(begins, this.text.value.indexOf("]", begins) + 1);
    announce(fill(this.box.dataset.blanks, { count: blanks }));
  }
}
