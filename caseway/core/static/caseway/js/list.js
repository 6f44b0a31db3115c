import { onKey } from "./keys.js";
import { fill } from "./words.js";

/** A list whose rows can be ticked and walked through: <cw-list> around table and bulk bar. */
class CwList extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => this.ticked(event.target));
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("focusin", (event) => this.follow(event.target));
    this.addEventListener("htmx:afterSwap", () => this.count());
    onKey("j", () => this.move(1));
    onKey("k", () => this.move(-1));
    onKey("o", () => this.open());
    onKey("x", () => this.toggle());
    onKey("Escape", () => this.clear());
    this.count();
  }

  get boxes() { return [...this.querySelectorAll("[data-select]")]; }

  get rows() { return this.boxes.map((box) => box.closest("tr, li")); }

  get current() { return this.querySelector('tr[aria-current="true"], li[aria-current="true"]'); }

  linkOf(row) { return row.querySelector("[data-row-link]") ?? row.querySelector("a"); }

  ticked(box) {
    if (box.matches("[data-select-all]")) for (const other of this.boxes) other.checked = box.checked;
    this.count();
  }

  clicked(event) {
    if (event.target.closest("[data-clear]")) this.clear();
    const box = event.target.closest("[data-select]");
    if (!box) return;
    if (event.shiftKey && this.last) this.tickBetween(this.last, box);
    this.last = box;
  }

  tickBetween(first, last) {
    const boxes = this.boxes;
    const [from, to] = [boxes.indexOf(first), boxes.indexOf(last)].sort((a, b) => a - b);
    for (const box of boxes.slice(Math.max(from, 0), to + 1)) box.checked = last.checked;
    this.count();
  }

  count() {
    const boxes = this.boxes;
    const ticked = boxes.filter((box) => box.checked).length;
    const all = this.querySelector("[data-select-all]");
    if (all) {
      all.checked = ticked > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    const words = this.querySelector("[data-selected]");
    if (words) words.textContent = ticked ? fill(words.dataset.words, { count: ticked }) : "";
  }

  clear() {
    if (!this.boxes.some((box) => box.checked)) return false;
    for (const box of this.boxes) box.checked = false;
    this.count();
    return true;
  }

  follow(target) {
    const row = target.closest("tr, li");
    if (row && this.rows.includes(row)) this.mark(row);
  }

  mark(row) {
    if (this.current !== row) this.current?.removeAttribute("aria-current");
    row.setAttribute("aria-current", "true");
  }

  move(step) {
    const rows = this.rows;
    if (!rows.length) return false;
    const at = rows.indexOf(this.current);
    const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
    this.mark(next);
    this.linkOf(next)?.focus();
    return true;
  }

  open() {
    const row = this.current;
    if (!row) return false;
    this.linkOf(row)?.click();
    return true;
  }

  toggle() {
    const box = this.current?.querySelector("[data-select]");
    if (!box) return false;
    box.checked = !box.checked;
    this.last = box;
    this.count();
    return true;
  }
}

customElements.define("cw-list", CwList);
