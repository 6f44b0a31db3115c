/** The quiet sign in the corner that a first key was heard and a second one is awaited. */
function cap(key) {
  const made = document.createElement("kbd");
  made.textContent = key;
  return made;
}

/** Shows `key`, and after it each key that may follow. */
export function showSign(key) {
  const sign = document.createElement("div");
  sign.id = "keysign";
  sign.className = "keysign";
  sign.setAttribute("aria-hidden", "true");
  const starts = `${key} `;
  const found = [...document.querySelectorAll("[data-key]")].map((element) => element.dataset.key);
  const seconds = found.filter((one) => one.startsWith(starts)).map((one) => one.slice(starts.length));
  sign.append(cap(key), "…", ...[...new Set(seconds)].map(cap));
  hideSign();
  document.body.append(sign);
}

/** Takes the sign away. */
export function hideSign() {
  document.getElementById("keysign")?.remove();
}
