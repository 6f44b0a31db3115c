import { send } from "./request.js";

/** The columns of <cw-list data-widths> are made wider and narrower at the end of their heads: by
    dragging, or with arrows once the handle has the focus; Home or a double press gives back the usual
    width. What was chosen is kept at the server, for this list and its reader. */
const WIDTH_STEP = 16;
const NARROWEST_COLUMN = 40;
const WIDEST_COLUMN = 800;

const withinWidths = (width) => Math.round(Math.min(Math.max(width, NARROWEST_COLUMN), WIDEST_COLUMN));

function keepWidth(head, width) {
  const body = new URLSearchParams({ column: head.dataset.column, width: width ?? "" });
  send(head.closest("[data-widths]").dataset.widths, {
    body: body.toString(),
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  }).catch(() => {}); // kept or not, the list looks as it was made
}

/** The style sheet reads the attribute where the browser knows how; elsewhere the property says it. */
function drawWidth(head, width) {
  if (width) head.setAttribute("width", width);
  else head.removeAttribute("width");
  head.style.inlineSize = width ? `${width}px` : "";
}

function showWidth(head, width) {
  drawWidth(head, width);
  const handle = head.querySelector(".widen");
  handle.setAttribute("aria-valuenow", Math.round(head.getBoundingClientRect().width));
}

function dragWidth(handle, event) {
  const head = handle.parentElement;
  const from = event.clientX;
  const begun = head.getBoundingClientRect().width;
  const backwards = getComputedStyle(head).direction === "rtl" ? -1 : 1;
  let width = 0;
  handle.setPointerCapture(event.pointerId);
  handle.onpointermove = (moved) => {
    width = withinWidths(begun + (moved.clientX - from) * backwards);
    showWidth(head, width);
  };
  handle.onpointerup = () => {
    handle.onpointermove = null;
    handle.onpointerup = null;
    if (width) keepWidth(head, width);
  };
}

function pressedWidth(head, event) {
  const now = head.getBoundingClientRect().width;
  const width = { ArrowRight: now + WIDTH_STEP, ArrowLeft: now - WIDTH_STEP }[event.key];
  if (width === undefined && event.key !== "Home") return;
  event.preventDefault();
  const wanted = width === undefined ? null : withinWidths(width);
  showWidth(head, wanted);
  keepWidth(head, wanted);
}

function widthHandleOf(head, words) {
  const handle = document.createElement("span");
  handle.className = "widen";
  handle.tabIndex = 0;
  const name = head.textContent.trim();
  const said = {
    role: "separator",
    "aria-orientation": "vertical",
    "aria-label": words.replace("{column}", name),
    "aria-valuemin": NARROWEST_COLUMN,
    "aria-valuemax": WIDEST_COLUMN,
    "aria-valuenow": Math.round(head.getBoundingClientRect().width),
  };
  for (const [attribute, value] of Object.entries(said)) handle.setAttribute(attribute, value);
  handle.addEventListener("pointerdown", (event) => { event.preventDefault(); dragWidth(handle, event); });
  handle.addEventListener("dblclick", () => { showWidth(head, null); keepWidth(head, null); });
  handle.addEventListener("keydown", (event) => pressedWidth(head, event));
  return handle;
}

const prepareWidths = () => {
  for (const list of document.querySelectorAll("[data-widths]")) {
    for (const head of list.querySelectorAll("th[data-column]:not(:has(.widen))")) {
      drawWidth(head, Number(head.getAttribute("width")));
      head.append(widthHandleOf(head, list.dataset.widthOf));
    }
  }
};

document.addEventListener("htmx:afterSettle", prepareWidths);
prepareWidths();
