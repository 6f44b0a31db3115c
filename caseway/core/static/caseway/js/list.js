import { announce } from "./announce.js";
import { Chosen } from "./chosen.js";
import { onKey } from "./keys.js";
import { Preview } from "./preview.js";

/** A list whose rows can be ticked and walked through: <cw-list> around table and bulk bar.
    What is ticked is kept by `Chosen`, what shows beside the list by `Preview`; here are
    the cursor and the keys. Rows are kept true by freshness.js. */
class CwList extends HTMLElement {
  connectedCallback() {
    this.chosen = new Chosen(this);
    this.preview = new Preview(this);
    document.addEventListener("caseway:bulk", () => document.dispatchEvent(new CustomEvent("caseway:reload")));
    this.addEventListener("change", (event) => this.chosen.changed(event.target));
    this.addEventListener("click", (event) => this.clicked(event), true);
    this.addEventListener("focusin", (event) => this.follow(event.target));
    onKey("j", () => this.move(1));
    onKey("k", () => this.move(-1));
    onKey("o", () => this.open());
    onKey("x", () => this.toggle());
    onKey("Escape", () => this.chosen.clear() || this.preview.close());
  }

  /** After rows were renewed: the ticks, and how many there are. */
  count() { this.chosen.show(); }

  get boxes() { return [...this.querySelectorAll("[data-select]")]; }

  get rows() { return this.boxes.map((box) => box.closest("tr, li")); }

  get current() { return this.querySelector('tr[aria-current="true"], li[aria-current="true"]'); }

  /** The row of the case with this number. */
  rowOf(number) {
    return this.querySelector(`input[name=case][value="${CSS.escape(number)}"]:not([type=hidden])`)?.closest("tr") ?? null;
  }

  numberOf(row) { return row?.querySelector("[data-select]")?.value ?? ""; }

  linkOf(row) { return row.querySelector("[data-row-link]") ?? row.querySelector("a"); }

  clicked(event) {
    if (event.target.closest("[data-clear]")) this.chosen.clear();
    const box = event.target.closest("[data-select]");
    if (box) this.chosen.clicked(box, event.shiftKey);
    const deed = event.target.closest("button[name=deed]");
    if (deed && !this.chosen.some() && !this.chooseCurrent()) event.preventDefault();
  }

  /** A deed without anything ticked is for the case under the cursor. */
  chooseCurrent() {
    const box = this.current?.querySelector("[data-select]");
    if (box) this.chosen.tick(box, true);
    else announce(this.querySelector("[data-selected]")?.dataset.none ?? "");
    return Boolean(box);
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
    this.preview.followTo(next);
    return true;
  }

  open() {
    const link = this.current && this.linkOf(this.current);
    if (!link) return false;
    location.assign(link.href);
    return true;
  }

  toggle() {
    const box = this.current?.querySelector("[data-select]");
    if (!box) return false;
    this.chosen.tick(box, !box.checked);
    return true;
  }
}

customElements.define("cw-list", CwList);
