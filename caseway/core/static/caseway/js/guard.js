/** Asks before leaving a page with text that is stored nowhere. */
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-guard]");
  if (form) form.dataset.dirty = "";
});

document.addEventListener("submit", (event) => { delete event.target.dataset.dirty; });

addEventListener("beforeunload", (event) => {
  if (document.querySelector("[data-dirty]")) event.preventDefault();
});
