import { announce } from "./announce.js";
import { Sending, digestOf, stateOf } from "./sending.js";
import { isOf, note, strike, unfinished } from "./unfinished.js";
import { UploadRow } from "./uploadrow.js";
import { send } from "./request.js";
import { fill, sizeText } from "./words.js";

const AT_ONCE = 2;

/** Takes chosen, dropped and pasted files and sends them by part, each with its own progress. */
class CwUpload extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input[type="file"]');
    this.list = document.getElementById(this.dataset.list);
    this.form = this.closest("form");
    this.queue = [];
    this.running = new Set();
    this.input.addEventListener("change", () => {
      this.add(this.input.files);
      this.input.value = "";
    });
    this.list.addEventListener("click", (event) => this.pressed(event));
    this.form?.addEventListener("submit", (event) => this.hold(event), true);
    this.listenToDrops(this.querySelector(".drop") ?? this.form);
    this.form?.addEventListener("paste", (event) => this.take(event, event.clipboardData));
    this.tellUse();
    this.recall();
  }

  /** What has arrived stays; nobody sees the rest go on. */
  disconnectedCallback() {
    for (const row of this.running) row.sending?.rest();
  }

  listenToDrops(zone) {
    zone?.addEventListener("dragover", (event) => {
      if (!this.isInSight || !event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      zone.classList.add("over");
    });
    zone?.addEventListener("dragleave", () => zone.classList.remove("over"));
    zone?.addEventListener("drop", (event) => {
      zone.classList.remove("over");
      this.take(event, event.dataTransfer);
    });
  }

  take(event, data) {
    if (!data?.files.length || !this.isInSight) return;
    event.preventDefault();
    this.add(data.files);
  }

  /** The element itself has no box in a toolbar; its label has. */
  get isInSight() { return this.input.parentElement.checkVisibility(); }

  get kept() { return [...this.list.children].filter((row) => !row.matches(".bad, .lost")); }

  get bytes() { return this.kept.reduce((sum, row) => sum + Number(row.dataset.size ?? 0), 0); }

  add(files) {
    for (const file of files) {
      const reason = this.refusal(file);
      const row = new UploadRow(this, file.name, file.size);
      row.file = file;
      this.list.append(row.element);
      if (reason) this.refuse(row, reason);
      else this.queue.push(row);
    }
    this.tellUse();
    this.next();
  }

  /** Why the server would not take the file, in words; "" if it would. */
  refusal(file) {
    const { extensions, mostBytes, mostFiles } = this.dataset;
    const extension = file.name.split(".").pop().toLowerCase();
    if (extensions && !extensions.split(" ").includes(extension)) return this.dataset.badType;
    if (file.size === 0) return this.dataset.empty;
    if (Number(mostFiles) && this.kept.length >= Number(mostFiles)) return this.dataset.tooMany;
    if (Number(mostBytes) && this.bytes + file.size > Number(mostBytes)) return this.dataset.tooLarge;
    return "";
  }

  /** Send the next in line, a few at once. */
  next() {
    while (this.running.size < AT_ONCE && this.queue.length) this.start(this.queue.shift());
    if (!this.running.size) this.release();
  }

  async start(row) {
    this.running.add(row);
    try {
      row.sending ??= await this.sendingOf(row);
      this.arrived(row, await row.sending.run());
    } catch (problem) {
      this.stopped(row, problem);
    } finally {
      this.running.delete(row);
      this.next();
    }
  }

  /** Goes on with what was left unfinished, where the chosen file is the same. */
  async sendingOf(row) {
    const { file } = row;
    const sha256 = await digestOf(file);
    const lost = [...this.list.querySelectorAll(".lost")].map((element) => element.row);
    const same = lost.find((each) => each.noted && isOf(each.noted, file, sha256));
    const told = same ? await stateOf(same.noted.url) : null;
    same?.element.remove();
    if (same && !told) strike(same.noted.url);
    if (told) row.progress(told.size - told.missing.length * told.part_size);
    const on = {
      began: (begun) => note(begun, file, this.id, sha256),
      progress: (bytes) => row.progress(bytes),
      broke: () => row.waits(this.dataset.waiting),
      going: () => row.goes(),
    };
    return new Sending(file, { url: this.dataset.url, sha256, told, on });
  }

  arrived(row, kept) {
    if (row.sending) strike(row.sending.told.url);
    row.arrived(kept);
    this.tellUse();
  }

  /** Refused for good, or given up for now. */
  stopped(row, problem) {
    if (problem.name === "AbortError") return;
    if (problem.name === "NotReadableError") this.refuse(row, this.dataset.unreadable);
    else if (problem.status === 403) row.pauses(this.dataset.signedOut);
    else if (problem.status) {
      if (row.sending?.told) strike(row.sending.told.url);
      row.sending?.stop();
      this.refuse(row, problem.message || this.dataset.failed);
      return;
    } else row.pauses(problem.message || this.dataset.failed);
    this.tellUse();
  }

  refuse(row, reason) {
    row.refused(reason);
    announce(`${row.name}: ${reason}`);
    this.tellUse();
  }

  /** What was on its way when the page was left: done meanwhile, or to be chosen again. */
  async recall() {
    for (const noted of unfinished(this.id)) {
      const told = await stateOf(noted.url).catch(() => ({ missing: [] }));
      const row = new UploadRow(this, noted.name, noted.size);
      row.noted = noted;
      this.list.append(row.element);
      if (told?.file && !this.list.querySelector(`input[value="${told.file.id}"]`)) {
        strike(noted.url);
        row.arrived(told.file);
      } else if (told?.file) {
        strike(noted.url);
        row.element.remove();
      } else row.lost(told ? fill(this.dataset.lost, { arrived: sizeText(arrivedOf(told)) }) : this.dataset.gone);
    }
    this.tellUse();
  }

  pressed(event) {
    const row = event.target.closest("li");
    if (event.target.closest("[data-remove]")) this.discard(row);
    else if (event.target.closest("[data-again]")) this.again(row.row);
  }

  /** Try again; a file that the page has lost must be chosen first. */
  again(row) {
    if (!row.file) {
      this.input.click();
      return;
    }
    row.goes();
    row.element.querySelector("[data-remove]").focus();
    this.queue.push(row);
    this.tellUse();
    this.next();
  }

  discard(element) {
    const { row } = element;
    const button = element.querySelector("[data-remove]");
    if (row) this.queue = this.queue.filter((each) => each !== row);
    const url = row?.sending?.told?.url ?? row?.noted?.url;
    if (url) strike(url);
    if (button.dataset.remove) send(button.dataset.remove, { method: "DELETE" });
    else if (row?.sending) row.sending.stop();
    else if (url) send(url, { method: "DELETE" });
    const next = element.nextElementSibling ?? element.previousElementSibling;
    element.remove();
    (next?.querySelector("[data-remove]") ?? this.input).focus();
    this.tellUse();
  }

  /** A form that is sent while files are on their way waits for them. */
  hold(event) {
    if (!this.running.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.submitter = event.submitter ?? undefined;
    this.held = true;
  }

  release() {
    if (!this.held) return;
    this.held = false;
    const refused = this.list.querySelector(".bad [data-again]:not([hidden]), .bad [data-remove]");
    if (refused) refused.focus();
    else this.form.requestSubmit(this.submitter);
  }

  tellUse() {
    this.dispatchEvent(new CustomEvent("caseway:files", { bubbles: true }));
    const place = this.querySelector("[data-status]");
    if (!place) return;
    const most = Number(this.dataset.mostBytes);
    place.textContent = this.kept.length && most
      ? fill(this.dataset.used, { used: sizeText(this.bytes), most: sizeText(most) }) : "";
  }
}

function arrivedOf({ size = 0, part_size: part = 0, missing }) {
  return missing.reduce((left, offset) => left - Math.min(part, size - offset), size);
}

customElements.define("cw-upload", CwUpload);
