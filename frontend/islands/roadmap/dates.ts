/** Arithmetic of the roadmap: days are whole numbers since 1970-01-01, so no clock matters. */

export type Scale = "weeks" | "months" | "quarters";

/** From the first day to the last, both included. */
export interface Span {
  start: number;
  end: number;
}

export interface Heading {
  /** First day it stands for. */
  day: number;
  /** Day after the last one. */
  until: number;
  text: string;
}

const MS = 86_400_000;
const EPOCH_WEEKDAY = 3; // 1 January 1970 was a Thursday; 0 is Monday

/** Pixels that one day is wide. */
export const DAY_WIDTH: Record<Scale, number> = { weeks: 22, months: 8, quarters: 3 };

export function toDay(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / MS);
}

export function toIso(day: number): string {
  return new Date(day * MS).toISOString().slice(0, 10);
}

/** The day on the wall clock here, as a `Date` at its midnight. */
export function toLocalDate(day: number): Date {
  const date = new Date(day * MS);
  return new Date(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
}

export function mondayOf(day: number): number {
  return day - weekday(day);
}

/** 0 is Monday, 6 is Sunday. */
export function weekday(day: number): number {
  return (((day + EPOCH_WEEKDAY) % 7) + 7) % 7;
}

export function moved(span: Span, days: number): Span {
  return { start: span.start + days, end: span.end + days };
}

/** The end goes `days` farther, but never before the start. */
export function stretched(span: Span, days: number): Span {
  return { start: span.start, end: Math.max(span.start, span.end + days) };
}

export function same(one: Span, other: Span): boolean {
  return one.start === other.start && one.end === other.end;
}

/** What a bar at `x` of `width` pixels stands for; at least one day. */
export function spanOfBar(x: number, width: number, first: number, dayWidth: number): Span {
  const start = first + Math.round(x / dayWidth);
  return { start, end: start + Math.max(1, Math.round(width / dayWidth)) - 1 };
}

/** What a key does to a bar; null: the key means nothing here. */
export function afterKey(
  span: Span,
  key: { key: string; shiftKey: boolean; altKey: boolean },
): Span | null {
  const direction = { ArrowLeft: -1, ArrowRight: 1 }[key.key];
  if (direction === undefined) return null;
  const days = direction * (key.shiftKey ? 7 : 1);
  return key.altKey ? stretched(span, days) : moved(span, days);
}

/** The first days of months (`every` 1) or quarters (3) from the one that holds `first` on. */
function periods(first: number, last: number, every: 1 | 3): number[] {
  const date = new Date(first * MS);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() - (date.getUTCMonth() % every);
  const days: number[] = [];
  for (let step = 0; ; step += every) {
    const day = Math.round(Date.UTC(year, month + step, 1) / MS);
    if (day > last) return days;
    days.push(day);
  }
}

function headings(
  starts: number[],
  first: number,
  last: number,
  say: (date: Date) => string,
): Heading[] {
  return starts.map((day, i) => ({
    day: Math.max(day, first),
    until: Math.min(starts[i + 1] ?? last + 1, last + 1),
    text: say(new Date(day * MS)),
  }));
}

function quarter(date: Date): string {
  return `Q${Math.floor(date.getUTCMonth() / 3) + 1} ${date.getUTCFullYear()}`;
}

/** The upper line of the head: months, or quarters on the widest scale. */
export function upper(first: number, last: number, scale: Scale, language: string): Heading[] {
  if (scale === "quarters") return headings(periods(first, last, 3), first, last, quarter);
  const long = new Intl.DateTimeFormat(language, {
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return headings(periods(first, last, 1), first, last, (date) => long.format(date));
}

/** The lower line: the Mondays, or the months on the widest scale. */
export function lower(first: number, last: number, scale: Scale, language: string): Heading[] {
  if (scale === "quarters") {
    const short = new Intl.DateTimeFormat(language, { month: "short", timeZone: "UTC" });
    return headings(periods(first, last, 1), first, last, (date) => short.format(date));
  }
  const mondays: number[] = [];
  for (let day = mondayOf(first); day <= last; day += 7) mondays.push(day);
  return headings(mondays, first, last, (date) => String(date.getUTCDate()));
}

/** "3 to 20 November 2026" in the person's language. */
export function spanWords(span: Span, language: string): string {
  const words = new Intl.DateTimeFormat(language, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return words.formatRange(new Date(span.start * MS), new Date(span.end * MS));
}
