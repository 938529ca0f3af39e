import { describe, expect, it } from "vitest";
import { tagged } from "../composer/preview";

const tags: [string, string][] = [
  ["utm_source", "a_network"],
  ["utm_campaign", "autumn_sale"],
];

describe("the link in a preview", () => {
  it("carries the tags behind its own query and before the fragment", () => {
    expect(tagged("https://shop.example/a?size=2#top", { tags, sites: [] })).toBe(
      "https://shop.example/a?size=2&utm_source=a_network&utm_campaign=autumn_sale#top",
    );
  });

  it("has its own tags replaced", () => {
    expect(tagged("https://shop.example/?UTM_Source=old", { tags, sites: [] })).toBe(
      "https://shop.example/?utm_source=a_network&utm_campaign=autumn_sale",
    );
  });

  it("stays as it is on another site, where no rule is, and while it is half typed", () => {
    const shop = { tags, sites: ["shop.example"] };
    expect(tagged("https://www.shop.example/a", shop)).toContain("utm_source");
    expect(tagged("https://other.example/a", shop)).toBe("https://other.example/a");
    expect(tagged("https://shop.example/a", { tags: [], sites: [] })).toBe(
      "https://shop.example/a",
    );
    expect(tagged("https:/", shop)).toBe("https:/");
    expect(tagged("mailto:olga@shop.example", shop)).toBe("mailto:olga@shop.example");
  });
});
