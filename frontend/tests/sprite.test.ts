import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { drawing, sprite } from "../bundle/sprite";
import icons from "../icons.json";
import marks from "../marks.json";

describe("sprite", () => {
  it("keeps the drawing and drops title, comment and gaps", () => {
    const svg = '<!-- by x --><svg a="b">\n <title>X</title>\n <path d="M1 1" />\n</svg>';
    expect(drawing(svg)).toBe('<path d="M1 1" />');
  });

  it("refuses what is not a drawing", () => {
    expect(() => drawing("<html></html>")).toThrow("not an SVG file");
  });

  it("makes one symbol of each drawing", () => {
    expect(sprite(new Map([["dot", "<svg><circle/></svg>"]]))).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg">' +
        '<symbol id="dot" viewBox="0 0 24 24"><circle/></symbol></svg>',
    );
  });

  it.each([
    ["icons", icons, "lucide-static"],
    ["marks", marks, "simple-icons"],
  ])("lists %s that exist, sorted, each once", (_kind, names, source) => {
    const missing = names.filter((name) => !existsSync(`node_modules/${source}/icons/${name}.svg`));
    expect(missing).toEqual([]);
    expect(names).toEqual([...new Set(names)].sort());
  });
});
