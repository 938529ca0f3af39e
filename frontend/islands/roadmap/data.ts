/** What the page tells the timeline; `waypost/goals/drawing.py` writes it. */
import type { Scale } from "./dates";

export interface Goal {
  id: string;
  goal: true;
  title: string;
  start: string;
  end: string;
  url: string;
}

export interface Initiative {
  id: string;
  goal?: undefined;
  title: string;
  start: string;
  end: string;
  progress: number;
  status: string;
  icon: string;
  tone: string;
  /** Late or slipping, in words; empty when all is well. */
  flag: string;
  /** It goes on until the goal is reached. */
  until: boolean;
  approved: [string, string] | null;
  after: string[];
  url: string;
  move: string;
}

export type Line = Goal | Initiative;

export interface Roadmap {
  scale: Scale;
  today: string;
  start: string;
  end: string;
  language: string;
  editable: boolean;
  icons: string;
  words: Record<
    | "today"
    | "names"
    | "keys"
    | "bar"
    | "milestone"
    | "after"
    | "approved"
    | "pending"
    | "cancelled",
    string
  >;
  lines: Line[];
  holidays: { day: string; words: string }[];
}

/** Fills `{name}` in a sentence. */
export function say(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function isMilestone(line: Line): boolean {
  return !line.goal && line.start === line.end;
}
