import { fill } from "./words.js";

const CHOSEN_PREFIX = "caseway.chosen:";
const MOST_CHOSEN = 500;

/** What is ticked in a list: kept in this window while its pages are leafed through and its rows
    renewed. Cases of other pages are sent by hidden fields beside the boxes of this one. */
export class Chosen {
  constructor(list) {
    this.list = list;
    this.key = list.dataset.list === undefined ? "" : CHOSEN_PREFIX + list.dataset.list;
    const kept = this.key && JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    this.numbers = new Set(kept?.numbers ?? []);
    if (this.matching) this.matching.checked = kept?.all ?? false;
    document.addEventListener("htmx:oobAfterSwap", (event) => {
      if (event.detail.target.querySelector?.(".bulkstrip")) this.clear();
    });
    this.show();
  }

  get matching() { return this.list.querySelector("[data-select-matching]"); }

  get isAll() { return this.matching?.checked ?? false; }

  some() { return this.isAll || this.numbers.size > 0; }

  /** Puts the ticks where they belong: after the page came, and after rows were renewed. */
  show() {
    for (const box of this.list.boxes) box.checked = this.isAll || this.numbers.has(box.value);
    this.count();
  }

  changed(box) {
    if (box.matches("[data-select-all]")) this.tickAll(this.list.boxes, box.checked);
    else if (box.matches("[data-select-matching]")) this.show();
    else if (box.matches("[data-select]")) this.tick(box, box.checked);
  }

  clicked(box, isRange) {
    if (isRange && this.last?.isConnected) {
      const boxes = this.list.boxes;
      const [from, to] = [boxes.indexOf(this.last), boxes.indexOf(box)].sort((a, b) => a - b);
      this.tickAll(boxes.slice(Math.max(from, 0), to + 1), box.checked);
    }
    this.last = box;
  }

  tick(box, on) {
    this.last = box;
    this.tickAll([box], on);
  }

  tickAll(boxes, on) {
    if (!on && this.isAll) {
      this.matching.checked = false;
      for (const other of this.list.boxes) this.numbers.add(other.value);
    }
    for (const box of boxes) {
      if (on && this.numbers.size < MOST_CHOSEN) this.numbers.add(box.value);
      if (!on) this.numbers.delete(box.value);
    }
    this.show();
  }

  clear() {
    if (!this.some()) return false;
    this.numbers.clear();
    if (this.matching) this.matching.checked = false;
    this.show();
    return true;
  }

  count() {
    const boxes = this.list.boxes;
    const here = new Set(boxes.map((box) => box.value));
    const ticked = boxes.filter((box) => box.checked).length;
    const all = this.list.querySelector("[data-select-all]");
    if (all) {
      all.checked = ticked > 0 && ticked === boxes.length;
      all.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    this.carry(this.isAll ? [] : [...this.numbers].filter((number) => !here.has(number)));
    this.list.toggleAttribute("data-any", this.some());
    this.tell(this.isAll ? 0 : this.numbers.size);
    this.keep();
  }

  tell(count) {
    const words = this.list.querySelector("[data-selected]");
    if (words) words.textContent = count ? fill(words.dataset.words, { count }) : "";
  }

  /** Hidden fields for the cases that are ticked on other pages. */
  carry(numbers) {
    const form = this.list.querySelector("form#bulk");
    if (!form) return;
    for (const field of form.querySelectorAll("[data-elsewhere]")) field.remove();
    for (const number of numbers) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "case", value: number });
      field.dataset.elsewhere = "";
      form.append(field);
    }
  }

  keep() {
    if (!this.key) return;
    if (this.some()) sessionStorage.setItem(this.key, JSON.stringify({ numbers: [...this.numbers], all: this.isAll }));
    else sessionStorage.removeItem(this.key);
  }
}
