import { announce } from "./announce.js";

/** Toasts leave by themselves, but never while somebody reads or is about to press Undo. */
const TOAST_STAYS = 10_000;

function leaveLater(toast) {
  if (toast.dataset.timed !== undefined) return;
  toast.dataset.timed = "";
  const tick = () => {
    if (toast.matches(":hover, :focus-within")) setTimeout(tick, TOAST_STAYS / 2);
    else toast.remove();
  };
  setTimeout(tick, TOAST_STAYS);
}

/** Shows a sentence in the corner of the page. */
export function showToast(text) {
  const corner = document.getElementById("toasts");
  if (!corner) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.dataset.toast = "";
  const words = document.createElement("span");
  words.textContent = text;
  toast.append(words);
  corner.append(toast);
  leaveLater(toast);
}

function timeToasts() {
  for (const toast of document.querySelectorAll("[data-toast]")) leaveLater(toast);
}

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-dismiss]")) {
    event.target.closest("[data-toast]")?.remove();
  }
});
document.addEventListener("htmx:load", timeToasts);
document.addEventListener("htmx:oobAfterSwap", timeToasts);
timeToasts();

/* What the server could not do must not pass in silence. */
function tellFailure(which) {
  const words = document.getElementById("toasts")?.dataset[which];
  if (!words) return;
  showToast(words);
  announce(words);
}
document.addEventListener("htmx:sendError", () => tellFailure("offline"));
document.addEventListener("htmx:timeout", () => tellFailure("offline"));
document.addEventListener("htmx:responseError", () => tellFailure("refused"));
