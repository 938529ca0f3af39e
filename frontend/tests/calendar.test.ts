import { describe, expect, it } from "vitest";
import { clockOf, columns, placeFor } from "../islands/calendar/cells";

describe("the place in a cell", () => {
  it.each([
    ["08:00", ["09:00", "10:00"], 0],
    ["09:30", ["09:00", "10:00"], 1],
    ["09:00", ["09:00", "10:00"], 1],
    ["23:00", ["09:00", "10:00"], 2],
    ["10:00", [], 0],
  ])("of %j among %j is %j", (clock, others, place) => {
    expect(placeFor(clock, others)).toBe(place);
  });

  it("is last for what has no time", () => {
    expect(clockOf(document.createElement("li"))).toBe("99:99");
    const entry = document.createElement("li");
    entry.innerHTML = "<a><time> 07:15 </time></a>";
    expect(clockOf(entry)).toBe("07:15");
  });
});

describe("columns of cells", () => {
  const box = (left: number, top: number) => ({ left, top });

  it("are counted until the next row begins", () => {
    expect(columns([box(0, 0), box(10, 0), box(20, 0), box(0, 9), box(10, 9)])).toBe(3);
  });

  it("is one where they stand below each other", () => {
    expect(columns([box(0, 0), box(0, 9), box(0, 18)])).toBe(1);
  });

  it("are all of a single row", () => {
    expect(columns([box(0, 0), box(10, 0)])).toBe(2);
    expect(columns([])).toBe(1);
  });
});
