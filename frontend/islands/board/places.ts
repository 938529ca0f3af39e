/** Where a card stands, so that it can be put back there. */

export class Place {
  constructor(
    readonly list: Element | null,
    readonly next: Element | null,
  ) {}

  same(other: Place): boolean {
    return this.list === other.list && this.next === other.next;
  }
}

export function placeOf(card: Element): Place {
  return new Place(card.parentElement, card.nextElementSibling);
}

/** To where it was; to the end of the column when its neighbour has gone meanwhile. */
export function putBack(card: Element, place: Place): void {
  const next = place.next?.parentElement === place.list ? place.next : null;
  place.list?.insertBefore(card, next);
}

/** The first card of `list` that stands below `card`; orders sort as text. */
export function sorted(list: Element, card: HTMLElement): Element | null {
  const order = card.dataset.order ?? "";
  const cards = [...list.querySelectorAll<HTMLElement>(".card-face")];
  return cards.find((each) => (each.dataset.order ?? "") > order) ?? null;
}
