import { csrfToken } from "./request.js";
import { fill } from "./words.js";

/** Says that we are at a case, and whether we write; shows which colleagues are. */
const BEAT = 20_000;
const WRITES_FOR = 10_000;

const caseHere = location.pathname.match(/^\/desk\/cases\/(CV\d+)$/)?.[1];
const places = new Map();
let writesUntil = 0;
let doing = "";

function say(word) {
  doing = word;
  const body = new FormData();
  body.append("doing", word);
  const headers = { "X-CSRFToken": csrfToken() };
  // Whoever is signed out, or off line, is not here: nothing to be told of it.
  fetch(`/desk/cases/${caseHere}/presence`, { method: "POST", body, headers, keepalive: true, redirect: "manual" }).catch(() => {});
}

function beat() {
  if (!document.hidden) say(Date.now() < writesUntil ? "writing" : "viewing");
}

function typed(event) {
  if (!event.target.closest?.("cw-composer, form.editing")) return;
  writesUntil = Date.now() + WRITES_FOR;
  if (doing !== "writing") beat();
  clearTimeout(typed.timer);
  typed.timer = setTimeout(beat, WRITES_FOR);
}

if (caseHere) {
  beat();
  setInterval(beat, BEAT);
  document.addEventListener("input", typed);
  document.addEventListener("visibilitychange", () => { if (document.hidden) say("gone"); else beat(); });
  addEventListener("pagehide", () => { if (doing !== "gone") say("gone"); });
}

/** "Ben Okafor is writing", as the page's language has it. */
function sentence(people) {
  const { dataset } = document.querySelector("cw-live");
  const [first] = people;
  if (people.length > 1) return fill(dataset.more, { name: first.name, num: people.length - 1 });
  return fill(first.writing ? dataset.writing : dataset.viewing, { name: first.name });
}

function avatarOf(person) {
  const avatar = document.createElement("span");
  avatar.className = "avatar sm live";
  avatar.dataset.h = person.hue;
  avatar.setAttribute("aria-hidden", "true");
  avatar.textContent = person.initials;
  return avatar;
}

function signFor(people, { isShort }) {
  const sign = document.createElement("span");
  sign.className = "presence";
  sign.dataset.presence = "";
  sign.title = sentence(people);
  sign.append(...people.slice(0, 3).map(avatarOf));
  const words = document.createElement("span");
  words.className = isShort ? "sr-only" : "sr-only-phone";
  words.textContent = sign.title;
  sign.append(words);
  if (!isShort) sign.setAttribute("role", "status");
  return sign;
}

/** Writes, or takes away, the sign of one case in `place`. */
function show(place, people, options) {
  const old = place.querySelector(":scope > [data-presence]");
  if (!people.length) old?.remove();
  else if (old?.title !== sentence(people)) {
    const sign = signFor(people, options);
    if (old) old.replaceWith(sign);
    else if (options.before) options.before.before(sign);
    else place.append(sign);
  }
}

function showAll() {
  const head = document.querySelector(".casehead");
  if (head && caseHere) show(head, places.get(caseHere) ?? [], { before: head.querySelector(".spacer") });
  for (const box of document.querySelectorAll("table.rows [data-select]")) {
    const title = box.closest("tr")?.querySelector(".c-subj .title");
    if (title) show(title, places.get(box.value) ?? [], { isShort: true });
  }
}

document.addEventListener("caseway:presence", ({ detail }) => {
  if (detail.people.length) places.set(detail.number, detail.people);
  else places.delete(detail.number);
  showAll();
});
document.addEventListener("caseway:fresh", showAll);
document.addEventListener("htmx:afterSettle", showAll);
