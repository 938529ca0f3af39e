/** The pictures of a post, and how a network shows them. */
import { typedIn } from "./typed";

export interface Shown {
  src: string;
  alt: string;
  /** Pixels of the stored picture; only their ratio matters. */
  width: number;
  height: number;
}

/** Width by height: the narrowest and the widest; none: as the picture is. */
export type Shape = [number, number] | null;

export interface Frame {
  /** Outside of it Waypost adds white edges before it sends. */
  padded: Shape;
  /** Outside of it the network cuts. */
  shape: Shape;
  album: "grid" | "row";
}

/** What becomes of a picture on its way. */
export type Fate = "whole" | "padded" | "cut";

/** The ticked pictures in their order. */
export function picturesOf(form: HTMLFormElement): Shown[] {
  const boxes = form.querySelectorAll<HTMLInputElement>("input[name=pictures]:checked");
  const placed = [...boxes].map((box, n) => {
    const img = box.closest(".picker-one, .picture")?.querySelector("img");
    const place = Number(typedIn(form, `position_${box.value}`)) || 1000 + n;
    const size = { width: sizeOf(img, "width"), height: sizeOf(img, "height") };
    const src = img?.getAttribute("src") ?? "";
    return { place, src, alt: typedIn(form, `alt_${box.value}`), ...size };
  });
  return placed.sort((one, other) => one.place - other.place);
}

function sizeOf(img: Element | null | undefined, side: "width" | "height"): number {
  return Number(img?.getAttribute(side)) || 1;
}

const within = (ratio: number, shape: Shape): number =>
  shape ? Math.min(Math.max(ratio, shape[0]), shape[1]) : ratio;

/** The ratio in which one picture stands there, and what is done for it. */
export function framed({ width, height }: Shown, { padded, shape }: Frame): [number, Fate] {
  const ratio = width / height;
  const sent = within(ratio, padded);
  const shown = within(sent, shape);
  if (differs(shown, sent)) return [shown, "cut"];
  return [shown, differs(sent, ratio) ? "padded" : "whole"];
}

/** A pixel more or less is nobody's concern. */
const differs = (one: number, other: number): boolean => Math.abs(one / other - 1) > 0.01;

const MOST = 4;

/** Fill `place`; answers what becomes of the first picture, the one that people see. */
export function drawPictures(place: HTMLElement, pictures: Shown[], frame: Frame): Fate {
  const [first] = pictures;
  if (!first) {
    place.replaceChildren();
    return "whole";
  }
  const [ratio, fate] = framed(first, frame);
  const alone = pictures.length === 1 || frame.album === "row";
  const shown = pictures.slice(0, alone ? 1 : MOST);
  const made: HTMLElement[] = shown.map(({ src, alt }) => {
    const img = document.createElement("img");
    img.src = src;
    img.alt = alt;
    return img;
  });
  if (alone) made[0]?.style.setProperty("--ratio", ratio.toFixed(4));
  place.dataset.count = String(shown.length);
  place.dataset.fate = alone ? fate : "cut";
  const more = alone ? `1/${pictures.length}` : `+${pictures.length - MOST}`;
  if (pictures.length > shown.length) made.push(badge(more));
  place.replaceChildren(...made);
  return alone ? fate : "whole";
}

function badge(text: string): HTMLElement {
  const el = document.createElement("span");
  el.className = "preview-count";
  el.textContent = text;
  return el;
}
