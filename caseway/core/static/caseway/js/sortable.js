/** Lists that people put in order by dragging: <ul data-sortable> of rows with a [data-handle].
 *
 * Each row has forms that move it (by buttons, without scripts); dropping sends one of them with
 * the row that it was dropped before.
 */
const rowOf = (element) => element.closest?.("[data-sortable] > [data-row]");
let dragged = null;

const prepare = () => {
  for (const list of document.querySelectorAll("[data-sortable]:not([data-ready])")) {
    list.dataset.ready = "";
    for (const handle of list.querySelectorAll("[data-handle]")) handle.draggable = true;
  }
};

const clear = () => {
  for (const row of document.querySelectorAll(".target, .target-end")) row.classList.remove("target", "target-end");
};

/** The row before which to put it, null for the end. */
const following = (row, event) => {
  const box = row.getBoundingClientRect();
  return event.clientY < box.top + box.height / 2 ? row : row.nextElementSibling;
};

document.addEventListener("dragstart", (event) => {
  if (!event.target.matches?.("[data-handle]")) return;
  dragged = rowOf(event.target);
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setDragImage(dragged, 0, 0);
  dragged.classList.add("dragged");
});

document.addEventListener("dragover", (event) => {
  const row = dragged && rowOf(event.target);
  if (!row || row.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  clear();
  const next = following(row, event);
  if (next) next.classList.add("target");
  else row.classList.add("target-end");
});

document.addEventListener("drop", (event) => {
  const row = dragged && rowOf(event.target);
  if (!row || row.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  const next = following(row, event);
  if (next === dragged || (next ?? null) === dragged.nextElementSibling) return;
  const form = dragged.querySelector(".places form");
  form.elements.before.value = next?.dataset.row ?? "";
  form.querySelector("button").disabled = false;
  form.requestSubmit();
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  clear();
});

document.addEventListener("htmx:afterSettle", prepare);
prepare();
