/** The chips of a filter bar: links to a page with the form of one filter, which opens below the chip
    instead. What a list of choices offers is narrowed by typing. Without scripts the page itself opens. */
const filterPlace = () => document.getElementById("filterpop");
let filterOpener = null;

document.addEventListener("click", (event) => {
  const chip = event.target.closest?.("a[data-filter]");
  const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
  if (!chip || !plain || !filterPlace()) return;
  event.preventDefault();
  if (!filterPlace().contains(chip)) filterOpener = chip;
  window.htmx.ajax("GET", chip.href, { target: "#filterpop" });
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target !== filterPlace() || !filterOpener) return;
  if (!filterPlace().matches(":popover-open")) filterPlace().showPopover({ source: filterOpener });
  const first = ["[data-first]", "input:not([type=hidden]), select, a"];
  first.map((kind) => filterPlace().querySelector(kind)).find(Boolean)?.focus();
});

document.addEventListener("toggle", (event) => {
  if (event.target !== filterPlace() || event.newState !== "closed") return;
  filterPlace().replaceChildren();
  if (document.activeElement === document.body) filterOpener?.focus();
}, true);

document.addEventListener("input", (event) => {
  const box = event.target.closest?.("[data-narrows]");
  if (!box) return;
  const words = box.value.trim().toLowerCase().split(/\s+/);
  for (const line of document.querySelectorAll(`#${box.dataset.narrows} > *`)) {
    const text = line.textContent.toLowerCase();
    line.hidden = !words.every((word) => text.includes(word)) && !line.querySelector(":checked");
  }
});

/** Enter in the box that narrows is no answer yet. */
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches?.("[data-narrows]")) event.preventDefault();
});
