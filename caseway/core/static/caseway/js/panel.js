/**
 * The edit panel of a customer's case. What was typed into one of its parts outlives the sending of
 * another, and the closing of the panel: a pencil shows it again as it was left.
 */
const EDIT_PANEL = "dialog.editpanel";

/** Runs before dialogs.js takes fetched dialogs away: one with unsent words stays, hidden. */
document.addEventListener("close", (event) => {
  if (!(event.target instanceof HTMLDialogElement) || !event.target.matches(EDIT_PANEL)) return;
  if (event.target.querySelector("[data-dirty]")) delete event.target.dataset.fetched;
}, true);

document.addEventListener("htmx:beforeRequest", (event) => {
  const section = event.detail.elt.dataset?.panel;
  const kept = section && document.querySelector(EDIT_PANEL);
  if (!kept) return;
  event.preventDefault();
  const part = kept.querySelector(`#panel-${section}`);
  if (part) part.open = true;
  kept.dataset.fetched = "";
  kept.showModal();
  part?.querySelector("textarea, select, input:not([type=hidden])")?.focus();
});

/** Whoever sends one part while another holds unsent words keeps the panel open. */
document.addEventListener("htmx:configRequest", (event) => {
  const panel = event.detail.elt.closest?.(EDIT_PANEL);
  if (!panel || event.detail.verb !== "post") return;
  const others = [...panel.querySelectorAll("[data-dirty]")].filter((form) => form !== event.detail.elt);
  if (others.length > 0) event.detail.parameters.set?.("stay", "1");
});
