import { describe, expect, it } from "vitest";
import { isMilestone, say } from "../islands/roadmap/data";
import {
  afterKey,
  lower,
  mondayOf,
  moved,
  same,
  spanOfBar,
  spanWords,
  stretched,
  toDay,
  toIso,
  toLocalDate,
  upper,
  weekday,
} from "../islands/roadmap/dates";

const span = (start: string, end: string) => ({ start: toDay(start), end: toDay(end) });
const plain = { shiftKey: false, altKey: false };

describe("days as numbers", () => {
  it("go there and back, over leap days and the change of the clocks", () => {
    for (const iso of ["1969-12-31", "2024-02-29", "2026-03-29", "2026-10-25", "2099-12-31"]) {
      expect(toIso(toDay(iso))).toBe(iso);
    }
    expect(toDay("2026-10-26") - toDay("2026-10-24")).toBe(2);
  });

  it("are the same day on the wall clock, at its midnight", () => {
    const date = toLocalDate(toDay("2026-10-25"));
    expect([date.getFullYear(), date.getMonth(), date.getDate(), date.getHours()]).toEqual([
      2026, 9, 25, 0,
    ]);
  });

  it("know their weekday, also before 1970", () => {
    expect(weekday(toDay("2026-11-23"))).toBe(0);
    expect(weekday(toDay("2026-11-29"))).toBe(6);
    expect(weekday(toDay("1969-12-28"))).toBe(6);
    expect(toIso(mondayOf(toDay("2026-11-29")))).toBe("2026-11-23");
    expect(toIso(mondayOf(toDay("2026-11-23")))).toBe("2026-11-23");
  });
});

describe("moving a span", () => {
  const november = span("2026-11-28", "2026-11-30");

  it("keeps its length over the end of a month", () => {
    expect(moved(november, 3)).toEqual(span("2026-12-01", "2026-12-03"));
  });

  it("stretches the end but never before the start", () => {
    expect(stretched(november, 2)).toEqual(span("2026-11-28", "2026-12-02"));
    expect(stretched(november, -9)).toEqual(span("2026-11-28", "2026-11-28"));
  });

  it("tells equal spans from others", () => {
    expect(same(november, span("2026-11-28", "2026-11-30"))).toBe(true);
    expect(same(november, span("2026-11-28", "2026-12-01"))).toBe(false);
  });
});

describe("keys", () => {
  const week = span("2026-11-23", "2026-11-29");

  it("move by a day, with Shift by a week", () => {
    expect(afterKey(week, { key: "ArrowRight", ...plain })).toEqual(moved(week, 1));
    expect(afterKey(week, { key: "ArrowLeft", ...plain })).toEqual(moved(week, -1));
    expect(afterKey(week, { key: "ArrowLeft", shiftKey: true, altKey: false })).toEqual(
      moved(week, -7),
    );
  });

  it("move the end alone with Alt", () => {
    expect(afterKey(week, { key: "ArrowRight", shiftKey: false, altKey: true })).toEqual(
      stretched(week, 1),
    );
    expect(afterKey(week, { key: "ArrowLeft", shiftKey: true, altKey: true })).toEqual(
      stretched(week, -7),
    );
  });

  it("that mean nothing change nothing", () => {
    expect(afterKey(week, { key: "a", ...plain })).toBeNull();
    expect(afterKey(week, { key: "ArrowUp", ...plain })).toBeNull();
  });
});

describe("a bar in pixels", () => {
  const first = toDay("2026-11-02");

  it("stands for the days it covers, however crooked the pixels", () => {
    expect(spanOfBar(22 * 7, 22 * 5, first, 22)).toEqual(span("2026-11-09", "2026-11-13"));
    expect(spanOfBar(22 * 7 - 0.0001, 22 * 5 + 0.0001, first, 22)).toEqual(
      span("2026-11-09", "2026-11-13"),
    );
  });

  it("may lie before the first day, and is one day at least", () => {
    expect(spanOfBar(-8, 0, first, 8)).toEqual(span("2026-11-01", "2026-11-01"));
  });
});

describe("the head of the timeline", () => {
  const [first, last] = [toDay("2026-10-26"), toDay("2027-01-03")];
  const said = (headings: { day: number; until: number; text: string }[]) =>
    headings.map(({ day, until, text }) => `${text}: ${toIso(day)} – ${toIso(until)}`);

  it("names the months, cut at both ends", () => {
    expect(said(upper(first, last, "months", "en-GB"))).toEqual([
      "October 2026: 2026-10-26 – 2026-11-01",
      "November 2026: 2026-11-01 – 2026-12-01",
      "December 2026: 2026-12-01 – 2027-01-01",
      "January 2027: 2027-01-01 – 2027-01-04",
    ]);
  });

  it("names quarters and their months on the widest scale", () => {
    expect(said(upper(first, last, "quarters", "en-GB"))).toEqual([
      "Q4 2026: 2026-10-26 – 2027-01-01",
      "Q1 2027: 2027-01-01 – 2027-01-04",
    ]);
    expect(lower(first, last, "quarters", "en-GB").map((each) => each.text)).toEqual([
      "Oct",
      "Nov",
      "Dec",
      "Jan",
    ]);
  });

  it("counts the Mondays below", () => {
    const mondays = lower(first, last, "weeks", "en-GB");
    expect(mondays.map((each) => each.text)).toEqual([
      "26",
      "2",
      "9",
      "16",
      "23",
      "30",
      "7",
      "14",
      "21",
      "28",
    ]);
    expect(mondays.every(({ day, until }) => until - day === 7)).toBe(true);
  });
});

describe("words", () => {
  it("say a span once and in the person's language", () => {
    expect(spanWords(span("2026-11-03", "2026-11-20"), "en-GB")).toMatch(
      /^3\s*–\s*20 November 2026$/u,
    );
    expect(spanWords(span("2026-11-03", "2026-11-03"), "en-GB")).toBe("3 November 2026");
  });

  it("fill in what is known and leave the rest", () => {
    expect(say("{title}: {dates}", { title: "Flyer" })).toBe("Flyer: {dates}");
  });

  it("know a milestone", () => {
    const line = { id: "1", title: "", start: "2026-11-03", url: "" };
    expect(isMilestone({ ...line, goal: true, end: "2026-11-03" })).toBe(false);
    const rest = { progress: 0, status: "", icon: "", tone: "", flag: "", until: false };
    const more = { approved: null, after: [], move: "" };
    expect(isMilestone({ ...line, ...rest, ...more, end: "2026-11-03" })).toBe(true);
    expect(isMilestone({ ...line, ...rest, ...more, end: "2026-11-04" })).toBe(false);
  });
});
