import { announce } from "./announce.js";
import { csrfToken, send } from "./request.js";
import { fill, sizeText } from "./words.js";

/** Sends chosen, dropped and pasted files one by one, each with its own progress. */
class CwUpload extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input[type="file"]');
    this.list = document.getElementById(this.dataset.list);
    this.form = this.closest("form");
    this.waiting = new Set();
    this.input.addEventListener("change", () => {
      this.add(this.input.files);
      this.input.value = "";
    });
    this.list.addEventListener("click", (event) => {
      const button = event.target.closest("[data-remove]");
      if (button) this.discard(button);
    });
    this.form?.addEventListener("submit", (event) => this.hold(event), true);
    this.listenToDrops(this.querySelector(".drop") ?? this.form);
    this.form?.addEventListener("paste", (event) => this.take(event, event.clipboardData));
    this.tellUse();
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

  get kept() { return [...this.list.children].filter((row) => !row.classList.contains("bad")); }

  get bytes() { return this.kept.reduce((sum, row) => sum + Number(row.dataset.size ?? 0), 0); }

  add(files) {
    for (const file of files) {
      const reason = this.refusal(file);
      const row = this.row(file);
      this.list.append(row);
      if (reason) this.refuse(row, reason);
      else this.start(row, file);
    }
    this.tellUse();
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

  row(file) {
    const row = this.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
    const [name, size] = row.querySelectorAll(".name > *");
    name.textContent = file.name;
    size.textContent = sizeText(file.size);
    row.dataset.size = file.size;
    row.querySelector("progress").setAttribute("aria-label", file.name);
    const button = row.querySelector("[data-remove]");
    button.setAttribute("aria-label", fill(button.dataset.label, { name: file.name }));
    return row;
  }

  start(row, file) {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file);
    this.waiting.add(request);
    row.request = request;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) row.querySelector("progress").value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("load", () => this.answered(row, request));
    request.addEventListener("error", () => this.refuse(row, this.dataset.failed));
    request.addEventListener("loadend", () => this.done(request));
    request.open("POST", this.dataset.url);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.send(body);
  }

  answered(row, request) {
    const answer = request.response ?? {};
    if (request.status >= 300 || !answer.id) {
      this.refuse(row, answer.detail ?? this.dataset.failed);
      return;
    }
    row.className = "ok";
    row.querySelector("progress").remove();
    row.firstElementChild.replaceWith(this.querySelector("template[data-good]").content.cloneNode(true));
    row.querySelector("[data-remove]").dataset.remove = answer.remove_url ?? "";
    const id = document.createElement("input");
    Object.assign(id, { type: "hidden", name: this.dataset.name, value: answer.id });
    row.append(id);
    this.tellUse();
  }

  refuse(row, reason) {
    row.className = "bad";
    row.querySelector("progress")?.remove();
    row.firstElementChild.replaceWith(this.querySelector("template[data-bad]").content.cloneNode(true));
    row.querySelector(".name small").textContent = reason;
    announce(`${row.querySelector(".name span").textContent}: ${reason}`);
    this.tellUse();
  }

  discard(button) {
    const row = button.closest("li");
    row.request?.abort();
    if (button.dataset.remove) send(button.dataset.remove, { method: "DELETE" });
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (next?.querySelector("[data-remove]") ?? this.input).focus();
    this.tellUse();
  }

  /** A form that is sent while files are on their way waits for them. */
  hold(event) {
    if (!this.waiting.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.submitter = event.submitter ?? undefined;
    this.held = true;
  }

  done(request) {
    this.waiting.delete(request);
    if (this.waiting.size || !this.held) return;
    this.held = false;
    const refused = this.list.querySelector(".bad [data-remove]");
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

customElements.define("cw-upload", CwUpload);
