/** Dialogs: opened by a button's `commandfor`, or by themselves when the server brings them. */
const KNOWS_COMMANDS = "commandForElement" in HTMLButtonElement.prototype;

function openWaiting(root) {
  for (const dialog of root.querySelectorAll("dialog[data-open]")) {
    dialog.removeAttribute("data-open");
    if (!dialog.open) dialog.showModal();
  }
}

function commandByHand(button) {
  const target = document.getElementById(button.getAttribute("commandfor"));
  if (!target) return;
  const command = button.getAttribute("command");
  if (command === "show-modal" && !target.open) target.showModal();
  if (command === "close") target.close();
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const opener = event.target.closest("[commandfor]");
  if (opener) {
    // A menu over a dialog's place would stay above it otherwise.
    opener.closest("[popover]")?.hidePopover();
    if (opener.tagName === "A") event.preventDefault();
    if (!KNOWS_COMMANDS || opener.tagName === "A") commandByHand(opener);
  }
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog")?.close();
});

// Enter makes a new line in a note and opens a choice: Ctrl or Cmd and Enter says yes from anywhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !(event.target instanceof Element)) return;
  const form = event.target.closest("dialog:modal form[method=post]");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
});

// What was typed into a dialog stays until the page is left; only a fetched one goes when closed.
document.addEventListener("close", (event) => {
  if (event.target instanceof HTMLDialogElement && event.target.dataset.fetched !== undefined) {
    event.target.remove();
  }
}, true);

document.addEventListener("htmx:load", (event) => {
  const root = event.detail.elt;
  if (root.id === "dialogs" || root.closest?.("#dialogs")) {
    const dialogs = root.matches("dialog") ? [root] : root.querySelectorAll("dialog[data-open]");
    for (const dialog of dialogs) dialog.dataset.fetched = "";
  }
  openWaiting(root.parentElement ?? document);
});

// An answer with the header HX-Trigger: caseway:close ends the dialog it came from.
document.addEventListener("caseway:close", () => document.querySelector("dialog:modal")?.close());

openWaiting(document);
