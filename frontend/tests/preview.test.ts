import { describe, expect, it } from "vitest";
import { drawPictures, type Frame, framed, picturesOf, type Shown } from "../composer/pictures";
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

const shown = (width: number, height: number): Shown => ({ src: "/a", alt: "", width, height });
const INSTAGRAM: Frame = { padded: [0.8, 1.91], shape: [0.8, 1.91], album: "row" };

describe("a picture in a preview", () => {
  it("stands in its own shape where the network takes it", () => {
    expect(framed(shown(1000, 1000), INSTAGRAM)).toEqual([1, "whole"]);
    expect(framed(shown(3000, 500), { padded: null, shape: null, album: "grid" })).toEqual([
      6,
      "whole",
    ]);
  });

  it("gets the white edges that it is sent with", () => {
    expect(framed(shown(500, 1000), INSTAGRAM)).toEqual([0.8, "padded"]);
    expect(framed(shown(3000, 1000), INSTAGRAM)).toEqual([1.91, "padded"]);
  });

  it("is cut where the network cuts", () => {
    const square: Frame = { padded: null, shape: [1, 1], album: "row" };
    expect(framed(shown(400, 300), square)).toEqual([1, "cut"]);
    expect(framed(shown(500, 1000), { ...INSTAGRAM, shape: [1, 1] })).toEqual([1, "cut"]);
  });

  it("is not called cut for a pixel", () => {
    expect(framed(shown(801, 1000), { ...INSTAGRAM, padded: null, shape: [0.8, 0.8] })[1]).toBe(
      "whole",
    );
  });
});

describe("several pictures in a preview", () => {
  const four = [shown(4, 3), shown(3, 4), shown(1, 1), shown(1, 1), shown(1, 1), shown(1, 1)];
  const drawn = (album: "grid" | "row", pictures: Shown[]) => {
    const place = document.createElement("div");
    const fate = drawPictures(place, pictures, { padded: null, shape: null, album });
    return [place.querySelectorAll("img").length, place.textContent, fate];
  };

  it("are tiles with a number for the rest, or the first of a row", () => {
    expect(drawn("grid", four)).toEqual([4, "+2", "whole"]);
    expect(drawn("grid", four.slice(0, 3))).toEqual([3, "", "whole"]);
    expect(drawn("row", four)).toEqual([1, "1/6", "whole"]);
    expect(drawn("row", [])).toEqual([0, "", "whole"]);
  });

  it("tell the shape of the first to the style sheet", () => {
    const place = document.createElement("div");
    drawPictures(place, [shown(500, 1000)], INSTAGRAM);
    expect(place.dataset).toMatchObject({ count: "1", fate: "padded" });
    expect(place.querySelector("img")?.style.getPropertyValue("--ratio")).toBe("0.8000");
  });
});
