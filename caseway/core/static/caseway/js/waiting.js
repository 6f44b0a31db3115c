import { send } from "./request.js";
import { submitSettled } from "./settling.js";

/**
 * What was sent and may still be taken back: <cw-waiting data-until data-url>. Counts down, also
 * after a reload; at the end it asks the server to send, which the worker may have done by then.
 */
const TICK = 250;
const PATIENCE = 1500;

class CwWaiting extends HTMLElement {
  connectedCallback() {
    this.until = Date.parse(this.dataset.until);
    this.place = this.querySelector("[data-count]");
    this.timer = setInterval(() => this.tick(), TICK);
    this.querySelector("form").addEventListener("submit", (event) => this.undo(event), true);
    this.tick();
  }

  disconnectedCallback() { clearInterval(this.timer); }

  tick() {
    const left = Math.ceil((this.until - Date.now()) / 1000);
    this.place.textContent = `${Math.max(0, left)} s`;
    if (left <= 0) this.finish();
  }

  async finish() {
    clearInterval(this.timer);
    this.querySelector("form").hidden = true;
    try {
      const answer = await send(this.dataset.url);
      if (!answer.ok) throw new Error(`${answer.status}`);
    } catch {
      // The worker sends it; a page that is not refused may tell a little later.
      await new Promise((done) => { setTimeout(done, PATIENCE); });
    }
    if (this.isConnected) this.leave();
  }

  /** The conversation follows; what is typed by now stays as it is. */
  leave() {
    this.remove();
    document.dispatchEvent(new CustomEvent("caseway:sent"));
  }

  /** What is being typed must be kept before the words that come back are put above it. */
  undo(event) {
    if (this.kept) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.kept = true;
    submitSettled(event.target);
  }
}

customElements.define("cw-waiting", CwWaiting);
