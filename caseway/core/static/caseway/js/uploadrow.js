import { announce } from "./announce.js";
import { fill, sizeText } from "./words.js";

/** The line of one file: what it is called, how far it has come, what is wrong and what can be done. */
export class UploadRow {
  constructor(field, name, size) {
    Object.assign(this, { field, name, size });
    this.element = this.copy("row");
    this.element.row = this;
    this.element.dataset.size = size;
    this.element.querySelector(".name > span").textContent = name;
    this.small = this.element.querySelector(".name > small");
    this.why = this.element.querySelector(".why");
    this.bar = this.element.querySelector("progress");
    this.again = this.element.querySelector("[data-again]");
    this.small.textContent = sizeText(size);
    for (const part of this.element.querySelectorAll("[data-label]")) {
      part.setAttribute("aria-label", fill(part.dataset.label, { name }));
    }
  }

  copy(name) {
    return this.field.querySelector(`template[data-${name}]`).content.firstElementChild.cloneNode(true);
  }

  progress(bytes) {
    const whole = bytes >= this.size;
    if (whole) this.bar.removeAttribute("value");
    else this.bar.value = (100 * bytes) / this.size;
    this.small.textContent = whole ? this.field.dataset.checking
      : fill(this.field.dataset.part, { done: sizeText(bytes), size: sizeText(this.size) });
  }

  /** It will go on by itself. */
  waits(words) {
    if (this.element.className === "waiting") return;
    this.is("waiting", "file", words);
    announce(`${this.name}: ${words}`);
  }

  /** It goes on. */
  goes() {
    if (!this.element.className) return;
    this.is("", "file", "");
    this.bar.hidden = false;
  }

  /** It goes on when somebody says so. */
  pauses(words) {
    this.is("bad", "bad", words);
    this.again.hidden = false;
    announce(`${this.name}: ${words}`);
  }

  refused(words) {
    this.is("bad", "bad", words);
    this.bar.hidden = true;
    this.small.textContent = sizeText(this.size);
  }

  lost(words) {
    this.is("lost", "bad", words);
    this.bar.hidden = true;
    this.again.hidden = false;
    const { choose } = this.field.dataset;
    this.again.textContent = choose;
    this.again.setAttribute("aria-label", `${choose}: ${this.name}`);
  }

  /** It is kept; the form sends its id. */
  arrived({ id, remove_url: url }) {
    this.is("ok", "good", "");
    this.bar.remove();
    this.small.textContent = sizeText(this.size);
    this.element.querySelector("[data-remove]").dataset.remove = url ?? "";
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: this.field.dataset.name, value: id });
    this.element.append(input);
  }

  is(name, sign, words) {
    this.element.className = name;
    this.element.firstElementChild.replaceWith(this.copy(sign));
    this.why.textContent = words;
    this.again.hidden = true;
  }
}
