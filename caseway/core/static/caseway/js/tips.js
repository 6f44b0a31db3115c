/** Tips name the key that presses a thing, "Close (e)", for as long as the reader uses keys. */
const TIPPED = "[title][data-key], [title][data-tip-key]";

export function tellKeys(root = document) {
  const isOff = document.querySelector(".desk")?.dataset.keys === "off";
  for (const element of root.querySelectorAll(TIPPED)) {
    const sign = ` (${element.dataset.tipKey ?? element.dataset.key})`;
    if (isOff && element.title.endsWith(sign)) {
      element.dataset.tip = element.title;
      element.title = element.title.slice(0, -sign.length);
    } else if (!isOff && element.dataset.tip) {
      element.title = element.dataset.tip;
      delete element.dataset.tip;
    }
  }
}

document.addEventListener("htmx:load", () => tellKeys());
document.addEventListener("caseway:fresh", () => tellKeys());
tellKeys();
