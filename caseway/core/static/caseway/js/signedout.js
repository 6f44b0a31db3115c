import { announce } from "./announce.js";

/**
 * What a page asks by itself, in elements with `data-unasked`, never carries its reader off to the
 * sign-in when the session has ended: a notice in the corner says so, and leads there and back.
 */
function tellSignedOut(address) {
  const corner = document.getElementById("toasts");
  const notice = document.getElementById("signed-out");
  if (!corner || !notice || corner.querySelector("[data-session-ended]")) return;
  const shown = notice.content.firstElementChild.cloneNode(true);
  shown.querySelector("a").href = address;
  corner.append(shown);
  announce(shown.textContent.trim());
}

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const address = event.detail.xhr.getResponseHeader("HX-Redirect");
  if (!address || !event.detail.elt.matches?.("[data-unasked]")) return;
  event.preventDefault();
  tellSignedOut(address);
});
