/** The desk's single keys. A key belongs to whatever carries `data-key`: a link is followed, a
    button pressed, a field focused. Lists add their own by `onKey`. Never while typing. */
const STORED = "caseway.keys";
const SEQUENCE_WAIT = 1200;
const handlers = new Map();
let pendingKey = "";
let pendingTimer = 0;

/** Runs `run` when `key` is pressed and nothing on the page carries it; true means it was used. */
export function onKey(key, run) {
  handlers.set(key, run);
}

const keysOn = () => localStorage.getItem(STORED) !== "off";

function isTyping(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input") && !["checkbox", "radio", "button", "submit"].includes(target.type);
}

function nameOf(event) {
  const letter = event.key.length === 1 && event.key.toLowerCase() !== event.key.toUpperCase();
  return letter && event.shiftKey ? `Shift+${event.key.toUpperCase()}` : event.key;
}

function carrierOf(key) {
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  const usable = all.filter((element) => !element.disabled && element.getAttribute("aria-disabled") !== "true");
  return usable.find((element) => element.checkVisibility()) ?? usable[0];
}

/** What pressing its key does to an element. */
export function press(element) {
  if (element.matches("textarea, input:not([type=radio], [type=checkbox])")) {
    element.focus();
    element.select();
    return;
  }
  element.click();
  element.closest("cw-composer")?.write();
}

function use(key) {
  const carrier = carrierOf(key);
  if (carrier) {
    press(carrier);
    return true;
  }
  return handlers.get(key)?.() ?? false;
}

function startsSequence(key) {
  return document.querySelector(`[data-key^="${CSS.escape(key)} "]`) !== null;
}

function onKeydown(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape" && !event.target.closest("dialog, [popover]")) event.target.blur();
    return;
  }
  if (!keysOn() || document.querySelector("dialog:modal")) return;
  const key = nameOf(event);
  const whole = pendingKey ? `${pendingKey} ${key}` : key;
  const continued = pendingKey !== "";
  clearTimeout(pendingTimer);
  pendingKey = "";
  if (!continued && startsSequence(key)) {
    pendingKey = key;
    pendingTimer = setTimeout(() => { pendingKey = ""; }, SEQUENCE_WAIT);
    event.preventDefault();
  } else if (use(whole)) {
    event.preventDefault();
  }
}

/* The list of all keys, made from what this page offers. */

/** The words of an element that can be pressed, without the keys it shows. */
export function wordsFor(element) {
  const label = element.dataset.keyLabel ?? element.title ?? "";
  const named = label.replace(/\s*\([^)]*\)\s*$/, "") || element.getAttribute("aria-label");
  const place = element.closest("label") ?? element;
  const own = [...place.childNodes].filter((node) => node.nodeName !== "KBD");
  return named || own.map((node) => node.textContent).join("").trim();
}

function keyRow(words, keys) {
  const row = document.createElement("div");
  const term = document.createElement("dt");
  const where = document.createElement("dd");
  term.textContent = words;
  for (const key of keys.split(" ")) {
    const cap = document.createElement("kbd");
    cap.textContent = key;
    where.append(cap);
  }
  row.append(term, where);
  return row;
}

function fillKeyList(list) {
  const rows = new Map();
  for (const [keys, words] of Object.entries(JSON.parse(list.dataset.words))) {
    const needs = { "Ctrl Enter": "cw-composer", "Ctrl K": "cw-palette" }[keys];
    const offered = needs && document.querySelector(needs);
    if (offered || keys === "Esc" || keys.split(" ").some((key) => handlers.has(key))) rows.set(keys, words);
  }
  for (const element of document.querySelectorAll("[data-key]")) rows.set(element.dataset.key, wordsFor(element));
  list.replaceChildren(...[...rows].map(([keys, words]) => keyRow(words, keys)));
}

document.addEventListener("keydown", onKeydown);
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest('[commandfor="keys"]')) return;
  const dialog = document.getElementById("keys");
  fillKeyList(dialog.querySelector("[data-keylist]"));
  dialog.querySelector("[data-keys-on]").checked = keysOn();
});
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-keys-on]")) localStorage.setItem(STORED, event.target.checked ? "on" : "off");
});
