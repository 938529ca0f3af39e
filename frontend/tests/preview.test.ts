import { expect, it } from "vitest";
import { picturesOf } from "../composer/preview";

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
