const ROOM_BESIDE = matchMedia("(min-width: 80rem)");
const FOLLOW_PAUSE = 200;

/** A case beside its list, where there is room and its reader wants it: the first press on a row
    opens it there, the next one the whole case. Nothing is fetched before. */
export class Preview {
  constructor(list) {
    this.list = list;
    this.place = list.querySelector(".preview");
    if (!this.place) return;
    list.addEventListener("click", (event) => this.clicked(event));
    document.querySelector("[data-previews]:is(button)")?.addEventListener("click", (event) => this.turn(event.currentTarget));
    document.addEventListener("caseway:changed", () => { if (this.isOpen) this.fetch(this.number); });
    this.place.addEventListener("htmx:afterSettle", () => this.arrived());
  }

  get isOpen() { return Boolean(this.place) && !this.place.hidden; }

  get isWanted() { return ROOM_BESIDE.matches && this.list.dataset.previews !== undefined; }

  clicked(event) {
    if (event.target.closest("[data-close-preview]")) this.close();
    const link = event.target.closest(".subject a");
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
    if (!link || !plain || !this.isWanted) return;
    const row = link.closest("tr");
    if (this.isOpen && this.number === this.list.numberOf(row)) return;
    event.preventDefault();
    this.show(row);
  }

  show(row) {
    this.number = this.list.numberOf(row);
    this.list.mark(row);
    this.fetch(this.number);
  }

  fetch(number) {
    const link = this.list.linkOf(this.list.rowOf(number));
    window.htmx.ajax("GET", `${link.pathname}/preview${link.search}`, { target: this.place });
  }

  arrived() {
    const shown = this.place.querySelector("[data-previewed]")?.dataset.previewed;
    this.place.hidden = !shown;
    const row = shown && this.list.rowOf(shown);
    row?.classList.remove("unread");
    row?.querySelector(".dot")?.remove();
    this.place.scrollTop = 0;
  }

  /** While it is open it follows the cursor, once that rests. */
  followTo(row) {
    clearTimeout(this.timer);
    if (this.isOpen && this.isWanted) this.timer = setTimeout(() => this.show(row), FOLLOW_PAUSE);
  }

  close() {
    if (!this.isOpen) return false;
    this.place.hidden = true;
    this.place.replaceChildren();
    if (this.list.current) this.list.linkOf(this.list.current)?.focus();
    return true;
  }

  turn(button) {
    const wanted = this.list.dataset.previews === undefined;
    this.list.toggleAttribute("data-previews", wanted);
    button.setAttribute("aria-pressed", String(wanted));
    // The form is on its way with what it said before; the next press says the opposite.
    setTimeout(() => { button.form.elements.first.value = wanted ? "0" : "1"; });
    if (wanted && this.list.current) this.show(this.list.current);
    if (!wanted) this.close();
  }
}
