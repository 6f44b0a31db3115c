import { announce } from "./announce.js";

/** The columns of a list are put in order: rows of <ol data-columns> move by their buttons at once,
    and by dragging. Without scripts the same buttons send the form. */
const columnRowOf = (element) => element.closest?.("[data-columns] > [data-column]");
let draggedColumn = null;

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-columns] button[name=move]");
  if (!button) return;
  event.preventDefault();
  const row = columnRowOf(button);
  const up = button.value.endsWith(":up");
  const other = up ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (up) other.before(row);
  else other.after(row);
  button.focus();
  row.scrollIntoView({ block: "nearest" });
  const rows = [...row.parentElement.children];
  announce(`${row.querySelector("label").textContent.trim()}: ${rows.indexOf(row) + 1} / ${rows.length}`);
});

document.addEventListener("pointerdown", (event) => {
  const row = columnRowOf(event.target);
  if (row) row.draggable = !event.target.closest("input, button");
});

document.addEventListener("dragstart", (event) => {
  draggedColumn = columnRowOf(event.target);
  draggedColumn?.classList.add("dragged");
});

document.addEventListener("dragover", (event) => {
  const row = draggedColumn && columnRowOf(event.target);
  if (!row || row === draggedColumn) return;
  event.preventDefault();
  const box = row.getBoundingClientRect();
  if (event.clientY < box.top + box.height / 2) row.before(draggedColumn);
  else row.after(draggedColumn);
});

document.addEventListener("dragend", () => {
  draggedColumn?.classList.remove("dragged");
  draggedColumn = null;
});
