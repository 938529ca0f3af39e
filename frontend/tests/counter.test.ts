import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Channel, count, left, mount } from "../islands/counter";

const BLUESKY: Channel = { kind: "graphemes", url: null, bytes: 3000, limit: 300 };
const FEDIVERSE: Channel = { kind: "characters", url: 23, bytes: null, limit: 500 };
const UTF16: Channel = { kind: "utf16", url: null, bytes: null, limit: 100 };
const FAMILY = "👩‍👩‍👧‍👦";

describe("counting", () => {
  it("counts a family emoji as one grapheme, as its code points, as its UTF-16 units", () => {
    expect(count(FAMILY, BLUESKY)).toBe(1);
    expect(count(FAMILY, { ...FEDIVERSE, url: null })).toBe(7);
    expect(count(FAMILY, UTF16)).toBe(11);
  });

  it("counts a letter with a combining caron as one grapheme", () => {
    expect(count("c\u030ce\u030c", BLUESKY)).toBe(2);
  });

  it("gives every link the same cost where the network does", () => {
    const long = `https://svitinsat.si/${"a".repeat(200)}`;
    expect(count(long, FEDIVERSE)).toBe(23);
    expect(count(`See ${long} and http://x.si`, FEDIVERSE)).toBe(4 + 23 + 5 + 23);
  });

  it("counts the full stop after a link as text", () => {
    expect(count("https://svitinsat.si/med.", FEDIVERSE)).toBe(24);
  });

  it("counts a link as long as it is where the network does", () => {
    expect(count("https://x.si", BLUESKY)).toBe(12);
  });
});

describe("what is left", () => {
  it("is the limit for an empty text", () => {
    expect(left("", BLUESKY)).toBe(300);
  });

  it("is negative by as many units as there are too many", () => {
    expect(left("a".repeat(301), BLUESKY)).toBe(-1);
  });

  it("is negative when the bytes do not fit although the graphemes do", () => {
    const text = FAMILY.repeat(121); // 121 graphemes of 25 bytes
    expect(left(text, BLUESKY)).toBe(3000 - 3025);
  });
});

describe("the counter in the page", () => {
  let text: HTMLTextAreaElement;

  function counter(channels: Channel[]): HTMLOutputElement {
    document.body.innerHTML = `
      <textarea id="id_text">Med je zrel</textarea>
      <div data-for="id_text" data-left="še {n}" data-over="{n} preveč"><output></output><i data-said></i></div>`;
    text = document.querySelector("textarea") as HTMLTextAreaElement;
    mount(document.querySelector("div") as HTMLElement, channels);
    return document.querySelector("output") as HTMLOutputElement;
  }

  function type(value: string): void {
    text.value = value;
    text.dispatchEvent(new Event("input"));
  }

  beforeEach(() => {
    document.body.innerHTML = "";
  });

  it("says at once how much is left", () => {
    expect(counter([BLUESKY]).textContent).toBe("še 289");
  });

  it("names the channels where there are more than one", () => {
    const output = counter([
      { ...BLUESKY, label: "Bluesky" },
      { ...FEDIVERSE, label: "Mastodon" },
    ]);
    expect([...output.children].map((line) => line.textContent)).toEqual([
      "Bluesky: še 289",
      "Mastodon: še 489",
    ]);
  });

  it("follows the typing, and warns before and after the end", () => {
    const output = counter([{ ...BLUESKY, limit: 10 }]);
    expect(output.firstElementChild?.className).toBe("counter-over");
    expect(output.textContent).toBe("1 preveč");
    type("123456789");
    expect(output.firstElementChild?.className).toBe("counter-near");
    type("1234");
    expect(output.firstElementChild?.className).toBe("");
    expect(output.textContent).toBe("še 6");
  });

  it("reads the count out when the typing pauses, not at every key", () => {
    vi.useFakeTimers();
    counter([{ ...BLUESKY, limit: 10 }]);
    type("1");
    vi.advanceTimersByTime(700);
    type("12");
    vi.advanceTimersByTime(700);
    expect(document.querySelector("[data-said]")?.textContent).toBe("");
    vi.advanceTimersByTime(100);
    expect(document.querySelector("[data-said]")?.textContent).toBe("še 8");
    vi.useRealTimers();
  });

  it("counts only for the channels that are ticked", () => {
    const output = counter([
      { ...BLUESKY, label: "Bluesky", when: "id_a" },
      { ...FEDIVERSE, label: "Mastodon", when: "id_b" },
    ]);
    expect(output.textContent).toBe("");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", id: "id_b" });
    document.body.append(box);
    box.checked = true;
    type("Med");
    expect(output.textContent).toBe("Mastodon: še 497");
  });

  it("does nothing when its text is not in the page", () => {
    document.body.innerHTML = '<div data-for="id_other"><output></output></div>';
    mount(document.querySelector("div") as HTMLElement, [BLUESKY]);
    expect(document.querySelector("output")?.textContent).toBe("");
  });
});
