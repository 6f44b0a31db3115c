import { announce } from "./announce.js";

/** Whether what was pressed is still there with the focus, or somebody has begun to type meanwhile. */
function isKept(root) {
  const active = document.activeElement;
  return root.contains(active) && active.matches("a, button, input, select, textarea");
}

/** Puts the focus where the reader goes on, when htmx or the server has changed the page. */
function goOn(root) {
  const words = root.matches?.("[data-announce]") ? root : root.querySelector("[data-announce]");
  if (words) announce(words.dataset.announce);
  const place = root.querySelector("[data-focus]") ?? root.querySelector('[aria-invalid="true"]');
  if (!place || (place.matches("[data-focus]") && isKept(root))) return;
  if (!place.matches("a, button, input, select, textarea, [tabindex]")) place.tabIndex = -1;
  place.focus();
}

document.addEventListener("htmx:afterSettle", (event) => goOn(event.detail.elt));
const firstInvalid = document.querySelector('main [aria-invalid="true"]');
if (firstInvalid) firstInvalid.focus();
