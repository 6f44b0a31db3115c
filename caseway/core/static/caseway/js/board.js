/** A board of cards: <cw-board> around columns. Arrow keys go from card to card, with Shift they move
    the card; a card may be dragged. Moving presses the button of the card's own menu. */
class CwBoard extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", (event) => this.pressed(event));
    this.addEventListener("dragstart", (event) => this.lift(event));
    this.addEventListener("dragover", (event) => this.over(event));
    this.addEventListener("dragleave", (event) => this.leave(event));
    this.addEventListener("drop", (event) => this.drop(event));
    this.addEventListener("dragend", () => this.settle());
  }

  get columns() { return [...this.querySelectorAll("[data-column]")]; }

  cardsOf(column) { return [...column.querySelectorAll("[data-card]")]; }

  pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("[popover]")) return;
    const card = event.target.closest("[data-card]");
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!card || !step) return;
    const [across, down] = step;
    if (event.shiftKey ? this.push(card, across) : this.go(card, across, down)) event.preventDefault();
  }

  /** The card into the column beside it. */
  push(card, across) {
    const columns = this.columns;
    const column = across && columns[columns.indexOf(card.closest("[data-column]")) + across];
    return Boolean(column) && this.move(card, column);
  }

  /** The focus to the card beside, above or below. */
  go(card, across, down) {
    const columns = this.columns;
    const here = card.closest("[data-column]");
    const place = this.cardsOf(here).indexOf(card);
    let target = this.cardsOf(here)[place + down];
    if (across) {
      for (let at = columns.indexOf(here) + across; columns[at]; at += across) {
        const cards = this.cardsOf(columns[at]);
        target = cards[Math.min(place, cards.length - 1)];
        if (target) break;
        target = null;
      }
    }
    target?.querySelector("[data-card-link]").focus();
    return Boolean(target);
  }

  move(card, column) {
    const button = card.querySelector(`[data-move="${column.dataset.column}"]`);
    button?.click();
    return Boolean(button);
  }

  lift(event) {
    this.lifted = event.target.closest?.("[data-card]");
    if (!this.lifted) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.lifted.id);
    this.lifted.classList.add("dragged");
  }

  columnFor(event) {
    const column = event.target.closest?.("[data-column]");
    return this.lifted && column && !column.contains(this.lifted) ? column : null;
  }

  over(event) {
    const column = this.columnFor(event);
    if (!column) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    for (const one of this.columns) one.classList.toggle("over", one === column);
  }

  leave(event) {
    const column = event.target.closest?.("[data-column]");
    if (column && !column.contains(event.relatedTarget)) column.classList.remove("over");
  }

  drop(event) {
    const column = this.columnFor(event);
    if (!column) return;
    event.preventDefault();
    this.move(this.lifted, column);
  }

  settle() {
    this.lifted?.classList.remove("dragged");
    this.lifted = null;
    for (const column of this.columns) column.classList.remove("over");
  }
}

customElements.define("cw-board", CwBoard);
