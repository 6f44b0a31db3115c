/**
 * Brings a part of the page to what the server says now, by as few changes as possible: what is the
 * same stays the very same element, with its focus, its selection and its place on the screen.
 */
const BLANKED = 'input[name="csrfmiddlewaretoken"]';

/** An element as text, without what differs between two answers that say the same. */
function essence(element) {
  const copy = element.cloneNode(true);
  for (const node of [copy, ...copy.querySelectorAll("*")]) {
    if (node.matches("[data-focus]")) node.removeAttribute("tabindex"); // see focus.js
    for (const name of ["aria-busy", "aria-current", "data-focus", "data-announce"]) node.removeAttribute(name);
  }
  for (const input of copy.querySelectorAll(BLANKED)) input.removeAttribute("value");
  for (const time of copy.querySelectorAll("time[data-live]")) time.textContent = "";
  for (const sign of copy.querySelectorAll("[data-presence]")) sign.remove();
  // See tips.js: a tip without its key is still the same.
  for (const tipped of [copy, ...copy.querySelectorAll("[data-tip]")]) {
    if (!tipped.dataset.tip) continue;
    tipped.title = tipped.dataset.tip;
    delete tipped.dataset.tip;
  }
  return copy.outerHTML.replace(/\s+/g, " ");
}

/** Whether the reader is at work inside, so that it must stay as it is for now. */
function isBusy(element) {
  const at = document.activeElement;
  if (element.contains(at) && at.matches("input:not([type=checkbox]), select, textarea, [contenteditable]")) return true;
  // What has asked the server waits for the answer: gone from the page, it would tell nobody of it.
  if (element.querySelector("form.editing, [data-dirty], :popover-open, dialog[open], .htmx-request")) return true;
  const selection = getSelection();
  return !selection.isCollapsed && selection.containsNode(element, true);
}

const stopsOf = (element) => [...element.querySelectorAll("a, button, input, [tabindex]:not([data-focus])")];

/** What has the focus in the old element, found in the new one: the same stop, or words that were given it. */
function successor(old, fresh) {
  const active = document.activeElement;
  if (!old.contains(active)) return null;
  const at = stopsOf(old).indexOf(active);
  if (at >= 0) return stopsOf(fresh)[at];
  const alike = [...fresh.querySelectorAll(active.tagName)].find((one) => one.id === active.id && one.className === active.className);
  if (active.matches("[data-focus]") && alike) {
    alike.tabIndex = -1;
    alike.dataset.focus = ""; // so that the next renewal finds it by its words, too
  }
  return alike;
}

/** Puts a new element in the place of an old one, and hands over its ticks, its mark and the focus. */
function replaceBy(old, fresh) {
  const ticked = new Set([...old.querySelectorAll("input[type=checkbox]:checked")].map((box) => box.value));
  for (const box of fresh.querySelectorAll("input[type=checkbox]")) if (ticked.has(box.value)) box.checked = true;
  if (old.getAttribute("aria-current") === "true") fresh.setAttribute("aria-current", "true");
  const focused = successor(old, fresh);
  old.replaceWith(fresh);
  window.htmx?.process(fresh);
  focused?.focus({ preventScroll: true });
}

/**
 * Brings one element up to date. Gives the element that stands there now, and whether it is up to
 * date: it isn't while the reader is at work in it.
 */
export function mergeWhole(old, fresh) {
  if (essence(old) === essence(fresh)) return { element: old, isDone: true };
  if (isBusy(old)) return { element: old, isDone: false };
  const element = document.importNode(fresh, true);
  replaceBy(old, element);
  return { element, isDone: true };
}

/**
 * Brings an element's children up to date. `keyOf` names a child that may change and still be the
 * same, "" for those that only come and go; `renew` merges two that have one name.
 */
export function mergeChildren(old, fresh, keyOf = () => "", renew = mergeWhole) {
  const before = [...old.children].map((element) => ({ element, text: essence(element), key: keyOf(element) }));
  let isDone = true;
  const wanted = [...fresh.children].map((child) => {
    const [text, key] = [essence(child), keyOf(child)];
    const same = before.find((one) => !one.isUsed && one.text === text)
      ?? before.find((one) => !one.isUsed && key && one.key === key);
    if (!same) return document.importNode(child, true);
    same.isUsed = true;
    if (same.text === text) return same.element;
    const merged = renew(same.element, child);
    isDone &&= merged.isDone;
    return merged.element;
  });
  for (const { element, isUsed } of before) {
    if (isUsed) continue;
    if (isBusy(element)) isDone = false;
    else element.remove();
  }
  const focused = document.activeElement;
  arrange(old, wanted);
  if (focused !== document.activeElement && old.contains(focused)) focused.focus({ preventScroll: true });
  return { element: old, isDone };
}

/** Lets the children stand in this order; what the reader is at work in and is no longer among them stays. */
function arrange(parent, wanted) {
  const members = new Set(wanted);
  let at = parent.firstElementChild;
  for (const element of wanted) {
    while (at && !members.has(at)) at = at.nextElementSibling;
    if (element === at) at = at.nextElementSibling;
    else {
      const isNew = !element.isConnected;
      parent.insertBefore(element, at);
      if (isNew) window.htmx?.process(element);
    }
  }
}
