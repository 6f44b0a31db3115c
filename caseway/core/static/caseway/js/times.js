import { pageLanguage } from "./words.js";

/** Keeps "4 min ago" true while the page stays open. Words of the server come first; only what
    has grown older by a minute is written anew, up to a day. */
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function lengthText(seconds, live) {
  const [value, unit] = seconds < HOUR ? [Math.floor(seconds / MINUTE), "minute"] : [Math.floor(seconds / HOUR), "hour"];
  if (live === "when") {
    return new Intl.RelativeTimeFormat(pageLanguage(), { style: "short" }).format(-value, unit);
  }
  return new Intl.NumberFormat(pageLanguage() === "en-GB" ? "en" : pageLanguage(), { style: "unit", unit, unitDisplay: "short" }).format(value);
}

function refreshTimes() {
  for (const element of document.querySelectorAll("time[data-live]")) {
    const seconds = (Date.now() - Date.parse(element.dateTime)) / 1000;
    if (seconds < MINUTE || seconds >= DAY) continue;
    const text = lengthText(seconds, element.dataset.live);
    if (element.textContent !== text) element.textContent = text;
  }
}

setInterval(refreshTimes, 30_000);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refreshTimes(); });
