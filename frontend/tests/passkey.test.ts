import { describe, expect, it } from "vitest";
import { bytes, mount, text } from "../islands/passkey";

describe("a passkey", () => {
  it("turns text into bytes and back", () => {
    for (const said of ["", "AQ", "AQID-_8", "c29tZXRoaW5n"]) {
      expect(text(bytes(said).buffer)).toBe(said);
    }
  });

  it("says so where a browser has none", async () => {
    document.body.innerHTML =
      "<form data-mode='login'><button type='button' data-passkey></button><p data-failed hidden></p></form>";
    const form = document.querySelector("form") as HTMLFormElement;
    await mount(form, null);
    expect(form.querySelector("[data-failed]")?.hasAttribute("hidden")).toBe(false);
    expect(form.querySelector("button")?.hasAttribute("disabled")).toBe(true);
  });
});
