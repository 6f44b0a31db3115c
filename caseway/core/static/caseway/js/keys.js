/** The desk's keys. A key belongs to whatever carries `data-key`: a link is followed, a button
    pressed, a field focused. Lists add their own by `onKey`. Never while typing; which keys there
    are is declared in caseway/desk/keys/declared.py. */
import { hideSign, showSign } from "./keysign.js";

const SEQUENCE_WAIT = 1500;
const NOT_TYPED_INTO = ["checkbox", "radio", "button", "submit", "reset", "file", "range", "color"];
const handlers = new Map();
let pendingKey = "";
let pendingTimer = 0;

/** Runs `run` when `key` is pressed and nothing on the page carries it; true means it was used. */
export function onKey(key, run) {
  handlers.set(key, run);
}

/** Whether the page does something at this press, by a button, a link, a field or by itself. */
export const works = (press) => handlers.has(press) || carrierOf(press) !== undefined;

const keysOn = () => document.querySelector(".desk")?.dataset.keys !== "off";

/** A field keeps the focus for a moment when its dialog closes: nobody types into what isn't shown. */
function isTyping(target) {
  if (!(target instanceof HTMLElement) || !target.checkVisibility()) return false;
  if (target.isContentEditable || target.matches("textarea, select, [role=textbox]")) return true;
  return target.matches("input") && !NOT_TYPED_INTO.includes(target.type);
}

/** A press by its sign, whatever the layout and Caps Lock: "j", "Shift+N", "?". Scripts other than
    Latin, which have no such letters, go by the place of the key. */
export function nameOf(event) {
  const other = event.key.length === 1 && event.key > "\u00ff";
  const sign = other ? (/^Key([A-Z])$/.exec(event.code)?.[1] ?? event.key) : event.key;
  if (sign.length > 1 || sign.toLowerCase() === sign.toUpperCase()) return sign;
  return event.shiftKey ? `Shift+${sign.toUpperCase()}` : sign.toLowerCase();
}

/** Modifiers are the browser's; only AltGr makes signs of its own. */
function isTheBrowsers(event) {
  if (event.isComposing || event.metaKey) return true;
  return (event.ctrlKey || event.altKey) && !event.getModifierState("AltGraph");
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
  // What has just come is not alive yet: it would follow its link as if there were no scripts.
  window.htmx?.process(element);
  element.click();
  element.closest("cw-composer")?.write();
}

function use(key, repeated) {
  const carrier = carrierOf(key);
  if (!carrier) return handlers.get(key)?.() ?? false;
  // A key that is held down walks through a list, but presses a button once.
  if (!repeated) press(carrier);
  return true;
}

function startsSequence(key) {
  return document.querySelector(`[data-key^="${CSS.escape(key)} "]`) !== null;
}

function forget() {
  clearTimeout(pendingTimer);
  pendingKey = "";
  hideSign();
}

function awaitSecond(key) {
  pendingKey = key;
  pendingTimer = setTimeout(forget, SEQUENCE_WAIT);
  showSign(key);
}

/** Escape belongs to the topmost: a dialog or a menu closes by itself, a field is left, then the list clears. */
function belongsToTheTop(event) {
  if (document.querySelector("dialog:modal")) return true;
  return event.key === "Escape" && document.querySelector("[popover]:popover-open:not([popover=manual])") !== null;
}

function onKeydown(event) {
  if (event.defaultPrevented || isTheBrowsers(event) || ["Shift", "AltGraph", "CapsLock"].includes(event.key)) return;
  const first = pendingKey;
  forget();
  if (belongsToTheTop(event)) return;
  if (isTyping(event.target)) {
    if (event.key === "Escape" && !event.target.closest("[popover]:popover-open")) event.target.blur();
    return;
  }
  if (!keysOn() && event.key !== "Escape") return;
  const key = nameOf(event);
  if (!first && startsSequence(key)) {
    awaitSecond(key);
    event.preventDefault();
  } else if (use(first ? `${first} ${key}` : key, event.repeat)) {
    event.preventDefault();
  }
}

document.addEventListener("keydown", onKeydown);
