import { describe, expect, it } from "vitest";
import { picturesOf, tagged } from "../composer/preview";

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

it("shows the picture of a post, of which the box stands in a label of its own", () => {
  document.body.innerHTML = `<form>
    <ol><li class="picture"><img src="/one"><input name="alt_1" value="Wax">
      <label><input type="number" name="position_1" value="2"></label>
      <label><input type="checkbox" name="pictures" value="1" checked> Use</label></li></ol>
    <label class="picker-one"><input type="checkbox" name="pictures" value="2" checked><img src="/two"></label>
    <label class="picker-one"><input type="checkbox" name="pictures" value="3"><img src="/three"></label>
  </form>`;
  const form = document.querySelector("form") as HTMLFormElement;
  expect(picturesOf(form).map(({ src, alt }) => [src, alt])).toEqual([
    ["/one", "Wax"],
    ["/two", ""],
  ]);
});
