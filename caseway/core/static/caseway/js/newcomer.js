import { announce } from "./announce.js";

/**
 * <cw-newcomer data-number> tells a writer that somebody else has written. The stream dispatches
 * `caseway:case` on the document, with {number, kinds, mine}; nothing that is typed is touched.
 * Until it was shown, sending warns once (the form's `latest` stays as it was).
 */
const SAID = "message.posted";

class CwNewcomer extends HTMLElement {
  connectedCallback() {
    this.heard = (event) => this.hear(event.detail);
    this.sent = () => this.renew();
    document.addEventListener("caseway:case", this.heard);
    document.addEventListener("caseway:sent", this.sent);
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-show]")) this.show();
    });
  }

  disconnectedCallback() {
    document.removeEventListener("caseway:case", this.heard);
    document.removeEventListener("caseway:sent", this.sent);
  }

  get composer() { return document.querySelector("cw-composer"); }

  hear({ number, kinds = [], mine = false }) {
    if (number !== this.dataset.number || mine || !kinds.includes(SAID)) return;
    if (!this.composer?.isWriting || !this.hidden) return;
    this.append(this.querySelector("template").content.cloneNode(true));
    this.hidden = false;
    announce(this.querySelector(".notice").textContent.trim());
  }

  async show() {
    // What stands on the page already is read with this press, however long the rest takes to come.
    this.composer?.hasSeen();
    await this.renew();
    this.hidden = true;
    this.querySelector(".notice").remove();
    this.composer?.hasSeen();
    document.querySelector("#stream > li:last-child")?.scrollIntoView({ block: "nearest" });
    this.composer?.write();
  }

  /** The conversation alone, as it is now. */
  async renew() {
    const answer = await fetch(location.href, { headers: { "X-Caseway-Live": "1" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const place of ["#stream", ".casetitle"]) {
      const now = document.querySelector(place);
      const then = fresh.querySelector(place);
      if (now && then) {
        now.replaceWith(document.adoptNode(then));
        globalThis.htmx?.process(then);
      }
    }
  }
}

customElements.define("cw-newcomer", CwNewcomer);
