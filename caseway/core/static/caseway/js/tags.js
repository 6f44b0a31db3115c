/**
 * Words that are known, offered while a line of several is typed: <cw-tags> around an input and its
 * <datalist>. Without scripts the browser offers them by itself, for the first word only.
 */
const MOST_OFFERED = 8;
const BETWEEN = ",";

class CwTags extends HTMLElement {
  connectedCallback() {
    const known = this.querySelector("datalist");
    this.box = this.querySelector("input");
    this.known = [...known.options].map((option) => option.value);
    this.list = Object.assign(document.createElement("ul"), { id: `${known.id}-offered`, hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.dataset.label);
    known.replaceWith(this.list);
    this.box.removeAttribute("list");
    const role = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id, autocomplete: "off" };
    for (const [name, value] of Object.entries(role)) this.box.setAttribute(name, value);
    this.box.addEventListener("input", () => this.offer());
    this.box.addEventListener("keydown", (event) => this.keyed(event));
    this.box.addEventListener("blur", () => this.show([]));
    // A press on a word must not take the focus from the line first.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
  }

  get options() { return [...this.list.children]; }

  get current() { return this.list.querySelector('[aria-selected="true"]'); }

  /** What is typed so far: the finished words, and the one that is begun. */
  get words() {
    const all = this.box.value.split(BETWEEN).map((word) => word.trim().toLowerCase());
    return { begun: all.at(-1), finished: all.slice(0, -1).filter(Boolean) };
  }

  offer({ all = false } = {}) {
    const { begun, finished } = this.words;
    const free = this.known.filter((word) => !finished.includes(word) && word !== begun);
    const fits = (word) => word.startsWith(begun) || word.includes(` ${begun}`);
    this.show(begun || all ? free.filter(fits).slice(0, MOST_OFFERED) : []);
  }

  show(words) {
    this.list.replaceChildren(...words.map((word, at) => {
      const row = Object.assign(document.createElement("li"), { id: `${this.list.id}-${at}`, textContent: word });
      row.setAttribute("role", "option");
      return row;
    }));
    this.list.hidden = words.length === 0;
    this.box.setAttribute("aria-expanded", String(words.length > 0));
    this.mark(null);
  }

  mark(row) {
    for (const other of this.options) other.setAttribute("aria-selected", String(other === row));
    if (row) this.box.setAttribute("aria-activedescendant", row.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  keyed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (this.list.hidden) this.offer({ all: true });
      else this.walk(step);
    } else if (event.key === "Enter" && this.current && !event.isComposing) {
      event.preventDefault();
      this.take(this.current);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.show([]);
    }
  }

  walk(step) {
    const all = this.options;
    const at = this.current ? all.indexOf(this.current) + step : Math.min(step, 0);
    this.mark(all[(at + all.length) % all.length]);
  }

  take(row) {
    if (!row) return;
    this.box.value = [...this.words.finished, row.textContent, ""].join(`${BETWEEN} `);
    this.show([]);
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

customElements.define("cw-tags", CwTags);
