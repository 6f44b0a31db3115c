import { mergeChildren, mergeWhole } from "./merge.js";

/**
 * Keeps the page true while it is open. When something happens that the page shows, it is fetched
 * anew, at most every two seconds and never more than a fiftieth of the time, and its parts are
 * merged in. Hidden windows wait until they are looked at.
 */
const REST = 2000;
const SHARE = 50;
const CALM = 250;

const numberOf = (row) => row.querySelector("[data-select]")?.value ?? "";
const groupOf = (part) => part.querySelector("tr.group th")?.firstChild?.textContent.trim() || part.tagName;
const mergeGroup = (old, fresh) => mergeChildren(old, fresh, numberOf);
const mergeRows = (old, fresh) => mergeChildren(old, fresh, groupOf, mergeGroup);

const sectionOf = (part) => part.getAttribute("aria-label") ?? part.querySelector("h2, h3")?.textContent ?? "";
const mergeSections = (old, fresh) => mergeChildren(old, fresh, sectionOf);

/** The parts of pages that follow what happens, and how. */
const PARTS = [
  ["table.rows", mergeRows],
  [".queue .pagehead h1", mergeWhole],
  [".listfoot", mergeWhole],
  [".case #stream", mergeChildren],
  [".case .casehead", mergeWhole],
  [".case .casetitle", mergeWhole],
  [".case #moved", mergeWhole],
  [".case #details .sticky-col", mergeSections],
  [".case #shipment .sticky-col", mergeSections],
  [".pcase .bubbles", mergeChildren],
  [".pcase #case-title", mergeWhole],
  [".pcase #progress", mergeWhole],
  [".pcase #about", mergeWhole],
];

const shown = location.pathname.match(/\/cases\/(CV\d+)\/?$/)?.[1];
const isFollowed = Boolean(shown) || location.pathname.endsWith("/desk/cases/");

let wanted = false;
let timer = null;
let readyAt = 0;
let leftOver = null;
let saved = 0;

function want() {
  wanted = true;
  if (timer || document.hidden) return;
  timer = setTimeout(freshen, Math.max(CALM, readyAt - Date.now()));
}

async function freshen() {
  timer = null;
  wanted = false;
  const [began, savedBefore] = [Date.now(), saved];
  readyAt = Infinity;
  try {
    // Where the case was merged, the page says what becomes of the words that are being typed.
    await document.querySelector("cw-composer")?.settle();
    const answer = await fetch(location.href, { headers: { "X-Caseway-Live": "1" }, credentials: "same-origin" });
    // Elsewhere is the sign-in; anything but a page is told when the reader next does something.
    const text = answer.ok && !answer.redirected ? await answer.text() : "";
    if (saved !== savedBefore) wanted = true;
    else if (text) bringIn(new DOMParser().parseFromString(text, "text/html"));
  } catch {
    wanted = true; // the line is lost, which <cw-live> says; what was missed is told when it is back
  }
  readyAt = Date.now() + Math.max(REST, SHARE * (Date.now() - began));
  if (wanted) want();
}

function bringIn(fresh) {
  mergeCounts(fresh);
  const parts = PARTS.map(([selector, merge]) => [selector, merge, fresh.querySelector(selector)]);
  mergeParts(parts.filter(([selector, , part]) => part && document.querySelector(selector)));
  if (!leftOver && hasAnotherShape(fresh)) mergeWhole(document.getElementById("main"), fresh.getElementById("main"));
  document.querySelector("cw-list")?.count?.();
  document.dispatchEvent(new CustomEvent("caseway:fresh"));
}

/** Merges what can be merged now, and tries the rest again while the reader is at work there. */
function mergeParts(parts) {
  clearTimeout(leftOver);
  const rest = parts.filter(([selector, merge, part]) => {
    const old = document.querySelector(selector);
    return old && !merge(old, part).isDone;
  });
  leftOver = rest.length ? setTimeout(() => mergeParts(rest), REST) : null;
}

/** A list that has become empty, or has its first case, is another page. */
function hasAnotherShape(fresh) {
  const hasRows = (root) => root.querySelector("table.rows") !== null;
  return document.querySelector("main.queue") !== null && hasRows(document) !== hasRows(fresh);
}

function mergeCounts(fresh) {
  for (const count of fresh.querySelectorAll('[id^="count-"]')) {
    const old = document.getElementById(count.id);
    if (old && essenceOfCount(old) !== essenceOfCount(count)) old.replaceWith(document.importNode(count, true));
  }
}

const essenceOfCount = (count) => `${count.className} ${count.textContent}`;

/** Other pages of the desk have nothing of it but the counts of the sidebar. */
let countsTimer = null;
function wantCounts() {
  const counts = document.querySelector("#sidebar [hx-get]");
  if (!counts || countsTimer || document.hidden) return;
  countsTimer = setTimeout(() => { countsTimer = null; window.htmx?.trigger(counts, "caseway:counts"); }, REST);
}

document.addEventListener("caseway:case", ({ detail }) => {
  if (isFollowed && (!shown || shown === detail.number)) want();
  else wantCounts();
});
document.addEventListener("caseway:notices", wantCounts);
document.addEventListener("caseway:reload", () => { if (isFollowed) want(); else wantCounts(); });
/** What the reader saved is newer than all that was fetched before, on its way or waiting to be merged. */
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (!isFollowed || detail.requestConfig.verb === "get") return;
  saved += 1;
  clearTimeout(leftOver);
  leftOver = null;
  want();
});
document.addEventListener("visibilitychange", () => { if (wanted) want(); });
