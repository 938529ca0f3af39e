import { expect, it } from "vitest";
import { type Channel, Preview, type Words } from "../composer/preview";

const WORDS = { over: "{n} too many", left: "{n} left", more: "more", cut: "Edges go" } as Words;
const CHANNEL: Channel = {
  pk: 7, label: "", limit: 100, fold: 0, parts: 0, most_pictures: 4, tags: [], sites: [],
  kind: "graphemes", padded: null, shape: [1, 1], album: "row",
} as Channel; // biome-ignore format: one line for each matter

it("says below the pictures what the network does with them, and nothing when they go", () => {
  document.body.innerHTML = `<form>
    <input type="checkbox" id="id_channel_7" checked><textarea name="text">Wax</textarea>
    <input name="link"><textarea name="text_7"></textarea>
    <label class="picker-one"><input type="checkbox" name="pictures" value="1" checked>
      <img src="/one" width="400" height="200"></label>
    <article data-preview="7"><div data-shown-pictures></div><p data-shown-text></p>
      <p data-shown-fate hidden></p></article></form>`;
  const form = document.querySelector("form") as HTMLFormElement;
  const said = document.querySelector<HTMLElement>("[data-shown-fate]");
  const preview = new Preview(form, CHANNEL, WORDS);
  preview.show();
  expect([said?.hidden, said?.textContent]).toEqual([false, "Edges go"]);
  expect(document.querySelectorAll("[data-shown-pictures] img")).toHaveLength(1);
  (form.elements.namedItem("pictures") as HTMLInputElement).checked = false;
  preview.show();
  expect([said?.hidden, said?.textContent]).toEqual([true, ""]);
  expect(document.querySelectorAll("[data-shown-pictures] img")).toHaveLength(0);
});
