import { works } from "./keys.js";
import { tellKeys } from "./tips.js";

/** The list of keys over a page: <cw-keylist> puts first what works there, and obeys its switch. */
class CwKeyList extends HTMLElement {
  connectedCallback() {
    const here = this.querySelector("[data-here]");
    const rows = [...this.querySelectorAll("[data-press]")];
    here.querySelector("dl").append(...rows.filter((row) => this.worksHere(row)));
    here.hidden = here.querySelector("[data-press]") === null;
    for (const group of this.querySelectorAll("section")) {
      group.hidden = group.querySelector("[data-press]") === null;
    }
    this.addEventListener("htmx:afterRequest", (event) => this.switched(event));
  }

  /** Places to go to are the same everywhere: they keep their own heading. */
  worksHere({ dataset }) {
    if (dataset.press.includes(" ")) return false;
    if (dataset.needs && !document.querySelector(dataset.needs)) return false;
    return dataset.own !== undefined || works(dataset.press);
  }

  switched(event) {
    if (!event.detail.successful) return;
    document.querySelector(".desk").dataset.keys = this.querySelector("[name=single_keys]").checked ? "on" : "off";
    tellKeys();
  }
}

customElements.define("cw-keylist", CwKeyList);
