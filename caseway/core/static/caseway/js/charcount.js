/** Counts characters beside a field that has a limit. */
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.id) return;
  const place = document.querySelector(`[data-charcount="${CSS.escape(field.id)}"]`);
  // Only the first number changes, so the sentence stays in the reader's language.
  if (place) place.textContent = place.textContent.replace(/\d+/, field.value.length);
});
