/**
 * Counts a text as its network does (`waypost/providers/counting.py`, the same rules and the
 * same examples). The server counts again before a post is scheduled.
 */
export interface Counting {
  kind: "graphemes" | "characters" | "utf16" | "bytes" | "weighted" | "emoji_bytes";
  /** What a link costs whatever its length; null: as long as it is. */
  url?: number | null;
  /** Addresses without http:// count as addresses, too. */
  bare?: boolean;
  /** Of @name@server only @name counts. */
  local?: boolean;
  /** A second limit in UTF-8 bytes. */
  bytes?: number | null;
  hashtags?: number | null;
  links?: number | null;
  mentions?: number | null;
  /** The limit where the post has pictures. */
  with_pictures?: number | null;
  /** When the post's link goes out below the text. */
  adds_link?: "always" | "with_pictures";
}

const EMOJI = /\p{Emoji_Presentation}|\p{Emoji}\uFE0F/u;
const LIGHT = [
  [0, 4351],
  [8192, 8205],
  [8208, 8223],
  [8242, 8247],
] as const;
const URL = /(?<![\p{L}\p{N}_@./:])https?:\/\/[^\s<>"]+/giu;
const BARE =
  /(?<![\p{L}\p{N}_@./:#$-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:com|org|net|info|biz|shop|store|app|dev|online|site|[a-z]{2})(?![\p{L}\p{N}_@-]|\.[\p{L}\p{N}_])(?:\/[^\s<>"]*)?/giu;
const REMOTE = /(?<![\w/@])@(\w+(?:[\w.-]*\w)?)@[\w-]+(?:\.[\w-]+)+/g;
const HASHTAG = /(?<![\p{L}\p{N}_&/])#[\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*/gu;
const MENTION = /(?<![\w/@.])@\w(?:[\w.-]*\w)?/g;
const CLOSING: Record<string, string> = { ")": "(", "]": "[", "}": "{" };
const TRAILING = ".,;:!?'\"*_~…»”’“";

const segments = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export function graphemes(text: string): string[] {
  return [...segments.segment(text)].map((each) => each.segment);
}

const times = (text: string, sign: string): number => text.split(sign).length - 1;

/** Cuts what ends the sentence, but keeps a bracket that the address itself opened. */
function withoutSentence(found: string): string {
  let address = found;
  while (address) {
    const last = [...address].at(-1) as string;
    const opened = CLOSING[last];
    const unpaired = opened !== undefined && times(address, last) > times(address, opened);
    if (!TRAILING.includes(last) && !unpaired) return address;
    address = address.slice(0, -last.length);
  }
  return address;
}

/** [start, address] of every address in `text`, without the punctuation of the sentence. */
export function addresses(text: string, bare = false): [number, string][] {
  const found = [...text.matchAll(URL)].map((each) => [each.index, each[0]] as [number, string]);
  const taken = found.map(([start, all]) => [start, start + all.length] as const);
  const free = (at: number) => !taken.some(([start, end]) => start <= at && at < end);
  if (bare) {
    for (const each of text.matchAll(BARE)) if (free(each.index)) found.push([each.index, each[0]]);
  }
  return found
    .sort((one, other) => one[0] - other[0])
    .map(([start, all]) => [start, withoutSentence(all)] as [number, string])
    .filter(([, address]) => !address.includes("://") || address.split("://")[1]);
}

function asCounted(text: string, counting: Counting): string {
  let counted = text;
  const cost = counting.url;
  if (cost !== undefined && cost !== null) {
    counted = "";
    let end = 0;
    for (const [start, address] of addresses(text, counting.bare)) {
      counted += text.slice(end, start) + "x".repeat(cost);
      end = start + address.length;
    }
    counted += text.slice(end);
  }
  return counting.local ? counted.replace(REMOTE, "@$1") : counted;
}

const utf8 = new TextEncoder();
const bytes = (text: string): number => utf8.encode(text).length;

function weight(letter: string): number {
  const code = letter.codePointAt(0) ?? 0;
  return LIGHT.some(([low, high]) => low <= code && code <= high) ? 1 : 2;
}

function weighted(text: string): number {
  return graphemes(text.normalize("NFC")).reduce((sum, each) => {
    if (EMOJI.test(each)) return sum + 2;
    return sum + [...each].reduce((inner, letter) => inner + weight(letter), 0);
  }, 0);
}

function emojiBytes(text: string): number {
  return graphemes(text).reduce(
    (sum, each) => sum + (EMOJI.test(each) ? bytes(each) : [...each].length),
    0,
  );
}

const MEASURES: Record<Counting["kind"], (text: string) => number> = {
  graphemes: (text) => graphemes(text).length,
  characters: (text) => [...text].length,
  utf16: (text) => text.length,
  bytes,
  weighted,
  emoji_bytes: emojiBytes,
};

/** The length of `text` in the network's own unit. */
export function measure(text: string, counting: Counting): number {
  return MEASURES[counting.kind ?? "graphemes"](asCounted(text, counting));
}

export type What = "hashtags" | "mentions" | "links";

export function tally(text: string): Record<What, number> {
  return {
    hashtags: text.match(HASHTAG)?.length ?? 0,
    mentions: text.match(MENTION)?.length ?? 0,
    links: new Set(addresses(text).map(([, address]) => address)).size,
  };
}

/** [how many there are, how many may be] of what there is too much of. */
export function tooMany(text: string, counting: Counting): Partial<Record<What, [number, number]>> {
  const found = Object.entries(tally(text)) as [What, number][];
  return Object.fromEntries(
    found.flatMap(([what, used]) => {
      const most = counting[what];
      return typeof most === "number" && used > most ? [[what, [used, most]]] : [];
    }),
  );
}

/** How many units are left, negative when the text is too long in units or in bytes. */
export function left(text: string, limit: number, counting: Counting): number {
  const units = limit - measure(text, counting);
  const most = counting.bytes;
  if (most === undefined || most === null) return units;
  const room = most - bytes(text);
  return room < 0 ? Math.min(units, room) : units;
}

/** The text that goes out, with the link below it where the network has no place for one. */
export function finalText(
  text: string,
  link: string,
  pictures: number,
  counting: Counting,
): string {
  const adds = counting.adds_link;
  if (!link || !adds || (adds === "with_pictures" && pictures === 0)) return text;
  if (addresses(text).some(([, address]) => address === link)) return text;
  return `${text.trimEnd()}\n\n${link}`.trimStart();
}
