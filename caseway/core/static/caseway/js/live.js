import { announce } from "./announce.js";

/**
 * What happens, as it happens: <cw-live data-url data-reader data-lost data-back>.
 *
 * Of all windows of one reader, one holds the stream and tells the others: browsers keep no more than
 * six lines to a server. Every window dispatches on the document, with the event's data as `detail`:
 * `caseway:case` {number, kinds, version, mine}, `caseway:presence` {number, people},
 * `caseway:notices`, and `caseway:reload` where too much was missed to be told one by one.
 */
const LOST_AFTER = 3000;
const BACK_FOR = 4000;
const LONGEST_WAIT = 60_000;
const TOLD = ["case", "presence", "notices", "reload"];

class CwLive extends HTMLElement {
  connectedCallback() {
    this.position = "";
    this.places = new Map();
    this.wait = 2000;
    const name = `caseway.live ${this.dataset.reader}`;
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }) => this.heard(data);
    this.channel.postMessage({ asks: true });
    addEventListener("pagehide", () => this.close());
    if (!navigator.locks) this.open();
    else navigator.locks.request(name, () => { this.open(); return new Promise(() => {}); });
  }

  /** The stream, from where we got to. The browser reopens it by itself, unless it was refused. */
  open() {
    this.dataset.leads = "";
    const from = this.position ? `&after=${this.position}` : "";
    this.source = new EventSource(this.dataset.url + from);
    for (const kind of TOLD) this.source.addEventListener(kind, (event) => this.tell(kind, event));
    this.source.addEventListener("ready", (event) => {
      this.wait = 2000;
      this.tell("ready", event);
    });
    this.source.onerror = () => {
      this.tell("lost");
      if (this.source.readyState === EventSource.CLOSED) this.openLater();
    };
  }

  openLater() {
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    this.timer = setTimeout(() => this.open(), this.wait * (0.5 + Math.random() / 2));
  }

  close() {
    clearTimeout(this.timer);
    this.source?.close();
  }

  tell(kind, event = null) {
    const told = { kind, detail: event?.data ? JSON.parse(event.data) : {}, position: event?.lastEventId ?? "" };
    this.channel.postMessage(told);
    this.take(told);
  }

  /** Another window tells what happened, or asks who is where, since it has only just opened. */
  heard(told) {
    if (!told.asks) this.take(told);
    else if (this.source?.readyState === EventSource.OPEN) {
      this.channel.postMessage({ kind: "ready", detail: {}, position: this.position });
      for (const detail of this.places.values()) this.channel.postMessage({ kind: "presence", detail, position: this.position });
    }
  }

  take({ kind, detail, position }) {
    if (position) this.position = position;
    if (kind === "presence") this.places.set(detail.number, detail);
    if (kind === "lost") this.lose();
    else if (kind === "ready") this.find();
    else document.dispatchEvent(new CustomEvent(`caseway:${kind}`, { detail }));
  }

  /** Says that the line is lost, once it has been for a while. */
  lose() {
    this.dataset.state = "lost";
    if (this.losing) return;
    this.losing = setTimeout(() => this.say(this.dataset.lost), LOST_AFTER);
  }

  find() {
    this.dataset.state = "live";
    const wasSaid = this.textContent !== "";
    clearTimeout(this.losing);
    this.losing = null;
    if (!wasSaid) return;
    this.say(this.dataset.back);
    setTimeout(() => { if (this.textContent === this.dataset.back) this.say(""); }, BACK_FOR);
  }

  say(words) {
    this.textContent = words;
    if (words) announce(words);
  }
}

customElements.define("cw-live", CwLive);
