import { describe, expect, it } from "vitest";
import { bytes, deviceName, fill, mount } from "../islands/push";

describe("notices on a device", () => {
  it("turns the key of the server into bytes", () => {
    expect([...bytes("AQID-_8")]).toEqual([1, 2, 3, 251, 255]);
  });

  it("names a device so that one can tell one's own apart", () => {
    expect(deviceName("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/130.0")).toBe(
      "Firefox, Linux",
    );
    expect(deviceName("Mozilla/5.0 (Macintosh; Intel Mac OS X) Chrome/130 Safari/5")).toBe(
      "Chrome, Mac",
    );
    expect(deviceName("")).toBe("");
  });

  it("fills the form with what the browser said", () => {
    document.body.innerHTML =
      '<form><input name="endpoint"><input name="p256dh"><input name="auth"><input name="name"></form>';
    const form = document.querySelector("form") as HTMLFormElement;
    fill(form, { endpoint: "https://push.example/1", keys: { p256dh: "p", auth: "a" } });
    const values = [...form.querySelectorAll("input")].map((input) => input.value);
    expect(values.slice(0, 3)).toEqual(["https://push.example/1", "p", "a"]);
  });

  it("says so where a browser cannot do it", async () => {
    document.body.innerHTML =
      "<form><button type='button' data-allow></button><p data-unable hidden></p></form>";
    const form = document.querySelector("form") as HTMLFormElement;
    await mount(form, "AQID");
    expect(form.querySelector("[data-unable]")?.hasAttribute("hidden")).toBe(false);
    expect(form.querySelector("button")?.hasAttribute("disabled")).toBe(true);
  });
});
