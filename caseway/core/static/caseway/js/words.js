/** A sentence with its blanks filled: fill("{count} selected", {count: 3}). */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (blank, name) => (name in values ? values[name] : blank));
}

/** The page's language, for dates and numbers. */
export function pageLanguage() {
  const language = document.documentElement.lang || "en";
  return language === "en" ? "en-GB" : language;
}

/** The reader's time zone, which need not be the browser's. */
export function readerZone() {
  return document.documentElement.dataset.zone || undefined;
}

/** A size in bytes as the server writes it: "2.1 MB". */
export function sizeText(bytes) {
  const units = ["B", "kB", "MB", "GB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 10 ? 1 : 0;
  return `${value.toLocaleString(pageLanguage(), { maximumFractionDigits: digits })} ${units[unit]}`;
}
