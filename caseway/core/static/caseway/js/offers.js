/** What a page offers to be pressed, by its words. Only what its reader may do is on it. */
const PRESSABLE = ["[data-key]:not(input)", ".menu a", ".menu button", ".btn[href]", "[commandfor]", "a[hx-get]"];

/** The words of an element that can be pressed, without the keys it shows. */
export function wordsFor(element) {
  const named = (element.title ?? "").replace(/\s*\([^)]*\)\s*$/, "") || element.getAttribute("aria-label");
  const place = element.closest("label") ?? element;
  const own = [...place.childNodes].filter((node) => node.nodeName !== "KBD");
  return named || own.map((node) => node.textContent).join("").trim();
}

/** What can be pressed inside `place`: [{words, element}], each once. */
export function offersOf(place) {
  const offers = new Map();
  for (const element of place.querySelectorAll(PRESSABLE.join(","))) {
    if (element.disabled || element.getAttribute("aria-disabled") === "true") continue;
    const words = wordsFor(element);
    if (words && !offers.has(words)) offers.set(words, { words, element });
  }
  return [...offers.values()];
}

/** Those whose words hold all that was typed, the beginnings first. */
export function fittingTo(typed, offers) {
  const start = typed.toLowerCase();
  const wanted = start.split(/\s+/);
  const fitting = offers.filter(({ words }) => wanted.every((part) => words.toLowerCase().includes(part)));
  const later = ({ words }) => Number(!words.toLowerCase().startsWith(start));
  return fitting.sort((a, b) => later(a) - later(b));
}
