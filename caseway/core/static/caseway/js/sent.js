/** How much of a form with files has been sent: `<form data-progress>` with one `<progress>`. */
document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.closest?.("form[data-progress]")?.querySelector("progress");
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.value = Math.round((100 * event.detail.loaded) / event.detail.total);
});
