import { fittingTo, offersOf } from "./offers.js";
import { press } from "./keys.js";
import { fill } from "./words.js";

const ASKING_PAUSE = 120;

/** Everything at hand, found by typing: <cw-palette> around its dialog, Ctrl or Cmd and K. What this page
    offers is known at once; cases, shipments, customers and places are asked of `data-url`. */
class CwPalette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.box = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    this.here = this.querySelector("[data-here]");
    this.found = this.querySelector("[data-found]");
    this.last = this.querySelector("[data-last]");
    this.told = this.querySelector("[role=status]");
    this.shortcut = (event) => this.called(event);
    document.addEventListener("keydown", this.shortcut);
    this.box.addEventListener("input", () => this.show(ASKING_PAUSE));
    this.dialog.addEventListener("keydown", (event) => this.keyed(event));
    this.dialog.addEventListener("close", () => this.giveUp());
    this.list.addEventListener("click", (event) => this.clicked(event));
  }

  disconnectedCallback() { document.removeEventListener("keydown", this.shortcut); }

  get typed() { return this.box.value.trim(); }

  get options() { return [...this.querySelectorAll("[role=option]")]; }

  get chosen() { return this.querySelector('[role=option][aria-selected="true"]'); }

  called(event) {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    if (document.querySelector("dialog:modal") && !this.dialog.open) return;
    event.preventDefault();
    if (this.dialog.open) this.dialog.close();
    else this.open();
  }

  open() {
    this.offers = offersOf(document.querySelector("main"));
    this.box.value = "";
    this.found.replaceChildren();
    this.show(0);
    this.dialog.showModal();
  }

  /** What this page offers at once; the rest when the server has answered. */
  show(pause) {
    const fitting = fittingTo(this.typed, this.offers);
    this.moved = false;
    // With nothing typed, what was opened last comes first.
    this.list.append(...(this.typed ? [this.here, this.found] : [this.found, this.here]), this.last);
    this.here.replaceChildren(...fitting.map(({ words, element }, at) => this.option(`here-${at}`, words, element)));
    if (fitting.length) this.here.prepend(this.heading());
    const search = fill(this.dataset.searchFor, { words: this.typed });
    this.last.replaceChildren(...(this.typed ? [this.option("search", search)] : []));
    this.choose(this.options[0]);
    this.ask(pause);
  }

  /** Asks the server after a pause; an answer to what was typed before is dropped. */
  ask(pause) {
    this.giveUp();
    const asking = new AbortController();
    this.asking = asking;
    this.waiting = setTimeout(() => this.fetch(asking), pause);
    asking.done = new Promise((resolve) => { asking.resolve = resolve; });
  }

  async fetch(asking) {
    const url = `${this.dataset.url}?q=${encodeURIComponent(this.typed)}`;
    let markup = "";
    try {
      const answer = await fetch(url, { signal: asking.signal, credentials: "same-origin" });
      if (answer.ok && !answer.redirected) markup = await answer.text();
    } catch {
      // Without an answer the list's own search is still offered.
    }
    if (this.asking === asking) this.receive(markup);
    asking.resolve();
  }

  receive(markup) {
    const before = this.chosen;
    this.asking = null;
    this.found.replaceChildren(...new DOMParser().parseFromString(markup, "text/html").body.childNodes);
    this.choose(this.moved && before?.isConnected ? before : this.options[0]);
    this.told.textContent = fill(this.dataset.told, { count: this.options.length });
  }

  giveUp() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.asking?.resolve?.();
    this.asking = null;
  }

  heading() {
    const row = document.createElement("div");
    const number = document.querySelector("main")?.dataset.case;
    row.className = "group";
    row.textContent = number ? fill(this.dataset.onCase, { number }) : this.dataset.onPage;
    this.here.setAttribute("aria-label", row.textContent);
    row.setAttribute("role", "presentation");
    return row;
  }

  option(id, words, element = null) {
    const row = document.createElement("div");
    const name = document.createElement("span");
    const icon = element?.querySelector("svg.icon") ?? this.querySelector(".search svg");
    row.setAttribute("role", "option");
    row.id = `palette-${id}`;
    row.target = element;
    if (!element) row.dataset.last = "";
    name.textContent = words;
    row.append(icon.cloneNode(true), name);
    if (element?.dataset.key) row.append(this.keysOf(element.dataset.key));
    return row;
  }

  keysOf(keys) {
    const shown = document.createElement("span");
    shown.className = "keys";
    shown.setAttribute("aria-hidden", "true");
    for (const key of keys.split(" ")) shown.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    return shown;
  }

  choose(row) {
    for (const other of this.options) other.setAttribute("aria-selected", String(other === row));
    this.box.setAttribute("aria-activedescendant", row?.id ?? "");
    row?.scrollIntoView({ block: "nearest" });
  }

  keyed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = this.options;
    if (step) {
      event.preventDefault();
      this.moved = true;
      this.choose(all[(all.indexOf(this.chosen) + step + all.length) % all.length]);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      this.decide();
    }
  }

  /** What this page offers runs at once; who types a number and Enter means what the server finds. */
  async decide() {
    const meant = this.typed;
    if (!this.chosen?.target) await this.asking?.done;
    if (this.dialog.open && this.typed === meant) this.run(this.chosen);
  }

  clicked(event) {
    const row = event.target.closest("[role=option]");
    if (!row || (row.href && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    this.run(row);
  }

  run(row) {
    if (!row) return;
    const search = this.dataset.searchUrl + encodeURIComponent(this.typed);
    this.dialog.close();
    if (row.target) press(row.target);
    else location.assign(row.href ?? search);
  }
}

customElements.define("cw-palette", CwPalette);
