import { press, wordsFor } from "./keys.js";
import { fill } from "./words.js";

/** Everything this page offers, found by typing: <cw-palette> around its dialog, Ctrl or Cmd and K. */
class CwPalette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.box = this.querySelector("input");
    this.list = this.querySelector("[role=listbox]");
    this.made = 0;
    this.shortcut = (event) => this.opened(event);
    document.addEventListener("keydown", this.shortcut);
    this.box.addEventListener("input", () => this.show());
    this.dialog.addEventListener("keydown", (event) => this.keyed(event));
    this.list.addEventListener("click", (event) => this.run(event.target.closest("[role=option]")));
  }

  disconnectedCallback() { document.removeEventListener("keydown", this.shortcut); }

  opened(event) {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    if (document.querySelector("dialog:modal")) return;
    event.preventDefault();
    this.offers = [...this.found("main", this.dataset.here), ...this.found(".sidebar", this.dataset.go)];
    this.box.value = "";
    this.show();
    this.dialog.showModal();
  }

  /** What can be pressed inside `place`: [{group, words, element}], each once. */
  found(place, group) {
    const pressable = ["[data-key]:not(input)", ".menu a", ".menu button", ".nav-item", ".btn[href]", "[commandfor]"];
    const elements = document.querySelectorAll(pressable.map((one) => `${place} ${one}`).join(","));
    const offers = new Map();
    for (const element of elements) {
      if (element.disabled || element.getAttribute("aria-disabled") === "true") continue;
      const words = wordsFor(element);
      if (words && !offers.has(words)) offers.set(words, { group, words, element });
    }
    return [...offers.values()];
  }

  show() {
    const typed = this.box.value.trim().toLowerCase();
    const wanted = typed.split(/\s+/);
    const fitting = this.offers.filter(({ words }) => wanted.every((part) => words.toLowerCase().includes(part)));
    const rows = [];
    let group = "";
    for (const offer of fitting) {
      if (offer.group !== group) rows.push(this.heading(offer.group));
      group = offer.group;
      rows.push(this.option(offer.words, offer.element));
    }
    if (typed) rows.push(this.option(fill(this.dataset.searchFor, { words: this.box.value.trim() })));
    this.list.replaceChildren(...rows);
    this.choose(this.options[0]);
  }

  get options() { return [...this.list.querySelectorAll("[role=option]")]; }

  heading(words) {
    const row = document.createElement("li");
    row.className = "group";
    row.setAttribute("role", "presentation");
    row.textContent = words;
    return row;
  }

  option(words, element = null) {
    const row = document.createElement("li");
    const name = document.createElement("span");
    row.setAttribute("role", "option");
    row.id = `palette-option-${this.made += 1}`;
    row.target = element;
    const icon = element?.querySelector("svg.icon") ?? this.querySelector(".search svg");
    name.textContent = words;
    row.append(icon.cloneNode(true), name, this.keysOf(element));
    return row;
  }

  keysOf(element) {
    const keys = document.createElement("span");
    keys.className = "keys";
    for (const key of element?.dataset.key?.split(" ") ?? []) {
      const cap = document.createElement("kbd");
      cap.textContent = key;
      keys.append(cap);
    }
    return keys;
  }

  choose(row) {
    for (const other of this.options) other.setAttribute("aria-selected", String(other === row));
    this.box.setAttribute("aria-activedescendant", row?.id ?? "");
    row?.scrollIntoView({ block: "nearest" });
  }

  keyed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = this.options.findIndex((row) => row.getAttribute("aria-selected") === "true");
    if (step) {
      event.preventDefault();
      const all = this.options;
      this.choose(all[(chosen + step + all.length) % all.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.run(this.options[chosen]);
    }
  }

  run(row) {
    if (!row) return;
    this.dialog.close();
    if (row.target) press(row.target);
    else location.assign(this.dataset.searchUrl + encodeURIComponent(this.box.value.trim()));
  }
}

customElements.define("cw-palette", CwPalette);
