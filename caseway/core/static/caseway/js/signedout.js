import { announce } from "./announce.js";

/**
 * What a page asks by itself, in elements with `data-unasked`, never carries its reader off to the
 * sign-in when the session has ended: a notice in the corner says so, and leads there and back.
 */
function tellSignedOut(address) {
  const corner = document.getElementById("toasts");
  const words = document.querySelector("cw-live")?.dataset;
  if (!corner || !words?.ended || corner.querySelector("[data-session-ended]")) return;
  const notice = Object.assign(document.createElement("div"), { className: "toast" });
  notice.dataset.sessionEnded = "";
  const said = Object.assign(document.createElement("span"), { textContent: words.ended });
  const way = Object.assign(document.createElement("a"), { className: "btn sm", href: address, textContent: words.signIn });
  notice.append(said, way);
  corner.append(notice);
  announce(words.ended);
}

document.addEventListener("htmx:beforeOnLoad", (event) => {
  const address = event.detail.xhr.getResponseHeader("HX-Redirect");
  if (!address || !event.detail.elt.matches?.("[data-unasked]")) return;
  event.preventDefault();
  tellSignedOut(address);
});
