import { beforeEach, describe, expect, it } from "vitest";
import { mount } from "../islands/sending";

const WORDS = {
  largest: 60 * 1024 * 1024,
  sending: "Sending: {n} %",
  reading: "Being read.",
  tooLarge: "It has {size} MB; at most 60 MB are taken.",
};

const find = <T extends HTMLElement>(selector: string) => document.querySelector(selector) as T;
const said = () => find("[data-said]").textContent;
const el = () => find(".sending");
const bar = () => find<HTMLProgressElement>("progress");

function choose(megabytes: number): void {
  const file = new File(["x"], "board.json");
  Object.defineProperty(file, "size", { value: megabytes * 1024 * 1024 });
  Object.defineProperty(find("input"), "files", { value: [file], configurable: true });
  find("input").dispatchEvent(new Event("change", { bubbles: true }));
}

/** An event of HTMX; whether it went on. */
function happens(name: string, detail: object = {}): boolean {
  return find("form").dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));
}

const went = (loaded: number, total: number, lengthComputable = true) =>
  happens("htmx:xhr:progress", { loaded, total, lengthComputable });

beforeEach(() => {
  document.body.innerHTML = `<form><input type="file"><div class="sending" hidden>
    <span data-said></span><progress max="100"></progress><button type="button"></button></div></form>`;
  mount(el(), WORDS);
});

describe("a file on its way", () => {
  it("says how much has gone, and then that it is read", () => {
    choose(50);
    expect(el().hidden).toBe(true);
    expect(happens("htmx:beforeRequest")).toBe(true);
    expect([el().hidden, said(), bar().value]).toEqual([false, "Sending: 0 %", 0]);
    went(30, 50);
    expect([said(), bar().value]).toEqual(["Sending: 60 %", 60]);
    went(50, 50);
    expect([said(), bar().hasAttribute("value")]).toEqual(["Being read.", false]);
  });

  it("does not begin again with the answer that comes back", () => {
    choose(50);
    happens("htmx:beforeRequest");
    went(50, 50);
    went(1, 9);
    expect(said()).toBe("Being read.");
    happens("htmx:afterRequest");
    expect(el().hidden).toBe(true);
  });

  it("does not guess where the browser knows no length", () => {
    choose(50);
    happens("htmx:beforeRequest");
    went(30, 0, false);
    expect(said()).toBe("Sending: 0 %");
  });

  it("can be stopped", () => {
    let stopped = 0;
    document.addEventListener("htmx:abort", () => stopped++, { once: true });
    choose(50);
    happens("htmx:beforeRequest");
    find("button").click();
    expect(stopped).toBe(1);
  });

  it("that is too large is named at once and never sent", () => {
    choose(60.2);
    expect([el().hidden, said()]).toEqual([false, "It has 61 MB; at most 60 MB are taken."]);
    expect([bar().hidden, find("button").hidden]).toEqual([true, true]);
    expect(happens("htmx:beforeRequest")).toBe(false);
    choose(60);
    expect([el().hidden, happens("htmx:beforeRequest")]).toEqual([true, true]);
  });

  it("starts over when the server refused the first one", () => {
    choose(50);
    happens("htmx:beforeRequest");
    went(50, 50);
    happens("htmx:afterRequest");
    happens("htmx:beforeRequest");
    went(10, 50);
    expect([said(), bar().value]).toEqual(["Sending: 20 %", 20]);
  });
});
