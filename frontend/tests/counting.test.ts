import { describe, expect, it } from "vitest";
import examples from "../../waypost/providers/tests/counting.json";
import { type Counting, finalText, left, measure, tooMany } from "../counting";

describe("a text is as long as its network says, as the server counts it", () => {
  it.each(examples)("$name", (example) => {
    const counting = example.counting as Counting;
    expect(measure(example.text, counting)).toBe(example.length);
    expect(tooMany(example.text, counting)).toEqual(example.too_many);
  });
});

describe("what is left", () => {
  const family = "👩‍👩‍👧‍👦";
  it("is negative when the bytes do not fit although the graphemes do", () => {
    expect(left(family.repeat(121), 300, { kind: "graphemes", bytes: 3000 })).toBe(-25);
  });
});

describe("the text that goes out", () => {
  it("ends with the link only where the network has no place for it", () => {
    const link = "https://x.si";
    expect(finalText("a ", link, 0, { kind: "characters" })).toBe("a ");
    expect(finalText("a ", link, 0, { kind: "characters", adds_link: "always" })).toBe(
      `a\n\n${link}`,
    );
    expect(finalText("a", link, 0, { kind: "graphemes", adds_link: "with_pictures" })).toBe("a");
    expect(finalText("a", link, 1, { kind: "graphemes", adds_link: "with_pictures" })).toBe(
      `a\n\n${link}`,
    );
    expect(finalText(`a ${link}.`, link, 0, { kind: "characters", adds_link: "always" })).toBe(
      `a ${link}.`,
    );
  });
});
