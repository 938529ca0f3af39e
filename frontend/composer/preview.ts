/** One channel's preview: what goes out there, and what its network would refuse. */
import {
  addresses,
  type Counting,
  finalText,
  graphemes,
  left,
  tooMany,
  type What,
} from "../counting";
import { drawPictures, type Frame, picturesOf, type Shown } from "./pictures";
import { typedIn } from "./typed";

export interface Channel extends Counting, Frame {
  pk: number;
  label: string;
  limit: number;
  /** Characters that are shown before "more"; 0: all. */
  fold: number;
  /** How many parts may follow the first. */
  parts: number;
  most_pictures: number;
  /** What the rule adds to a link (utm_source → words), and on which sites; none: on all. */
  tags: [string, string][];
  sites: string[];
}

export type Words = Record<
  | "manyHashtags"
  | "manyMentions"
  | "manyLinks"
  | "over"
  | "left"
  | "more"
  | "pictures"
  | "padded"
  | "cut",
  string
>;

const MANY: Record<What, keyof Words> = {
  hashtags: "manyHashtags",
  mentions: "manyMentions",
  links: "manyLinks",
};

/** `link` as it goes out: its own query stays, its own UTM tags give way to those of the rule. */
export function tagged(link: string, { tags, sites }: Pick<Channel, "tags" | "sites">): string {
  if (tags.length === 0 || !URL.canParse(link)) return link;
  const url = new URL(link);
  const host = url.hostname.replace(/^www\./u, "");
  const ours =
    sites.length === 0 || sites.some((each) => host === each || host.endsWith(`.${each}`));
  if (!/^https?:$/u.test(url.protocol) || !ours) return link;
  const [, before = "", query = "", hash = ""] = /^([^?#]*)\??([^#]*)(#?.*)$/su.exec(link) ?? [];
  const kept = query.split("&").filter((each) => each && !/^utm_/iu.test(each));
  const added = tags.map(([name, word]) => `${name}=${encodeURIComponent(word)}`);
  return `${before}?${[...kept, ...added].join("&")}${hash}`;
}

function with_(sentence: string, used: number, most: number): string {
  return sentence.replace("{used}", String(used)).replace("{most}", String(most));
}

/** `text` with its links, hashtags and mentions set apart, folded after `fold` characters. */
export function marked(text: string, fold: number, more: string): Node[] {
  const letters = graphemes(text);
  const folded = fold > 0 && letters.length > fold;
  const shown = folded ? letters.slice(0, fold).join("").trimEnd() : text;
  const nodes: Node[] = [];
  let end = 0;
  const spans = [
    ...addresses(shown),
    ...[...shown.matchAll(/(?<![\p{L}\p{N}_&/@])[#@][\p{L}\p{N}_][\p{L}\p{N}_.@-]*/gu)].map(
      (each) => [each.index, each[0]] as [number, string],
    ),
  ].sort((one, other) => one[0] - other[0]);
  for (const [start, word] of spans) {
    if (start < end) continue;
    nodes.push(new Text(shown.slice(end, start)), element("span", word, "preview-link"));
    end = start + word.length;
  }
  nodes.push(new Text(shown.slice(end)));
  if (folded) nodes.push(new Text("… "), element("span", more, "preview-more"));
  return nodes;
}

function element(tag: string, text: string, className: string): HTMLElement {
  const el = document.createElement(tag);
  el.className = className;
  el.textContent = text;
  return el;
}

export class Preview {
  readonly #form: HTMLFormElement;
  readonly #channel: Channel;
  readonly #words: Words;
  readonly #el: HTMLElement | null;

  constructor(form: HTMLFormElement, channel: Channel, words: Words) {
    this.#form = form;
    this.#channel = channel;
    this.#words = words;
    this.#el = form.querySelector(`[data-preview="${channel.pk}"]`);
  }

  get isChosen(): boolean {
    const box = document.getElementById(`id_channel_${this.#channel.pk}`);
    return (box as HTMLInputElement | null)?.checked ?? false;
  }

  #part<T extends HTMLElement>(name: string): T | null {
    return this.#el?.querySelector<T>(`[data-${name}]`) ?? null;
  }

  show(): void {
    if (!this.#el) return;
    this.#el.hidden = !this.isChosen;
    if (this.#el.hidden) return;
    const { pk, limit, fold } = this.#channel;
    const pictures = picturesOf(this.#form);
    const own = typedIn(this.#form, `text_${pk}`);
    const link = tagged(typedIn(this.#form, "link").trim(), this.#channel);
    const words = own.trim() ? own : typedIn(this.#form, "text");
    const text = finalText(words, link, pictures.length, this.#channel);
    this.#part("shown-text")?.replaceChildren(...marked(text, fold, this.#words.more));
    this.#showPictures(pictures);
    this.#showLink(text.includes(link) ? "" : link);
    this.#showParts();
    const most = pictures.length ? (this.#channel.with_pictures ?? limit) : limit;
    this.#judge(text, most, pictures.length);
  }

  #judge(text: string, most: number, pictures: number): void {
    const remaining = left(text, most, this.#channel);
    const room = this.#part("room");
    const said = remaining < 0 ? this.#words.over : this.#words.left;
    if (room) room.textContent = said.replace("{n}", String(Math.abs(remaining)));
    room?.classList.toggle("counter-over", remaining < 0);
    const wrong = Object.entries(tooMany(text, this.#channel)).map(([what, [used, limit]]) =>
      with_(this.#words[MANY[what as What]], used, limit),
    );
    const { most_pictures } = this.#channel;
    if (pictures > most_pictures) wrong.push(with_(this.#words.pictures, pictures, most_pictures));
    const list = this.#part("problems");
    if (!list) return;
    list.hidden = wrong.length === 0;
    list.replaceChildren(...wrong.map((each) => element("li", each, "")));
  }

  #showPictures(pictures: Shown[]): void {
    const place = this.#part("shown-pictures");
    if (!place) return;
    const fate = drawPictures(place, pictures, this.#channel);
    const said = this.#part("shown-fate");
    if (!said) return;
    said.hidden = fate === "whole";
    said.textContent = fate === "whole" ? "" : this.#words[fate];
  }

  #showLink(link: string): void {
    const card = this.#part("shown-link");
    if (!card) return;
    card.hidden = !link;
    card.textContent = link.replace(/^https?:\/\//u, "").slice(0, 200);
  }

  #showParts(): void {
    const place = this.#part("shown-parts");
    if (!place) return;
    const texts: string[] = [];
    for (let n = 2; n <= this.#channel.parts + 1; n += 1) {
      const text = typedIn(this.#form, `part_${this.#channel.pk}_${n}`);
      if (text.trim()) texts.push(text);
    }
    const comment = typedIn(this.#form, `comment_${this.#channel.pk}`);
    if (comment.trim()) texts.push(comment);
    place.replaceChildren(
      ...texts.map((text) => {
        const p = element("p", "", "preview-text");
        p.append(...marked(text, 0, ""));
        return p;
      }),
    );
  }
}
