import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Channel, mount } from "../islands/counter";

const BLUESKY: Channel = { kind: "graphemes", url: null, bytes: 3000, limit: 300 };
const FEDIVERSE: Channel = { kind: "characters", url: 23, bytes: null, limit: 500 };

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
