import { beforeEach, describe, expect, it } from "vitest";
import { callAt, completed, matching, mount, plain } from "../islands/mentions";

const NAMES = ["Maja Kos", "Neža Lipar", "Tine Majer"];

describe("what is typed behind an @", () => {
  it.each([
    ["@", ""],
    ["Look, @ne", "ne"],
    ["(@Maja K", "Maja K"],
    ["@Neža", "Neža"],
    ["info@tine", null],
    ["@Maja Kos and", null],
    ["no call", null],
    ["@ma\n", null],
  ])("of %j is %j", (text, typed) => {
    expect(callAt(text, text.length)).toBe(typed);
  });

  it("is what stands before the caret", () => {
    expect(callAt("@ma later", 3)).toBe("ma");
  });
});

describe("names", () => {
  it("are found by any word, without accents, those that begin so first", () => {
    expect(matching(NAMES, "maj")).toEqual(["Maja Kos", "Tine Majer"]);
    expect(matching(NAMES, "neza l")).toEqual(["Neža Lipar"]);
    expect(matching(NAMES, "x")).toEqual([]);
    expect(plain("Žagar ČŠ")).toBe("zagar cs");
  });

  it("take the place of what was typed", () => {
    expect(completed("Look @ne now", 8, "Neža Lipar")).toEqual(["Look @Neža Lipar now", 17]);
    expect(completed("nothing", 7, "Maja Kos")).toEqual(["nothing", 7]);
  });
});

describe("the list", () => {
  let area: HTMLTextAreaElement;

  function open(value = ""): void {
    document.body.innerHTML = `<form action="/b/x/talk/"><div id="here" data-user="7">
      <label for="id_text">Comment</label><textarea id="id_text" name="text">${value}</textarea>
      </div></form>`;
    mount(document.getElementById("here") as HTMLElement, NAMES);
    area = document.querySelector("textarea") as HTMLTextAreaElement;
  }

  function type(text: string): void {
    area.value = text;
    area.setSelectionRange(text.length, text.length);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function press(key: string): boolean {
    const event = new KeyboardEvent("keydown", { key, cancelable: true, bubbles: true });
    area.dispatchEvent(event);
    return event.defaultPrevented;
  }

  const answered = (status: number) =>
    new CustomEvent("htmx:beforeOnLoad", { detail: { xhr: { status } } });
  const shown = () => [...document.querySelectorAll("li")].map((each) => each.textContent);

  beforeEach(() => {
    localStorage.clear();
    open();
  });

  it("opens while a name is typed and is chosen from with the keyboard", () => {
    type("@maj");
    expect(shown()).toEqual(["Maja Kos", "Tine Majer"]);
    press("ArrowDown");
    expect(area.getAttribute("aria-activedescendant")).toBe("id_text_names_1");
    expect(document.querySelector("[aria-selected=true]")?.textContent).toBe("Tine Majer");
    press("ArrowDown");
    press("Enter");
    expect(area.value).toBe("@Maja Kos ");
    expect(shown()).toEqual([]);
    expect(area.hasAttribute("aria-activedescendant")).toBe(false);
  });

  it("is chosen from with a click and closed with Escape", () => {
    type("@ne");
    document.querySelector("li")?.click();
    expect(area.value).toBe("@Neža Lipar ");
    type("@ti");
    expect(press("Escape")).toBe(true);
    expect(shown()).toEqual([]);
  });

  it("goes when something else is pressed or the field is left backwards", () => {
    type("@ne");
    document.body.click();
    expect(shown()).toEqual([]);
    type("@ne");
    const back = new KeyboardEvent("keydown", { key: "Tab", shiftKey: true, cancelable: true });
    area.dispatchEvent(back);
    expect([shown(), back.defaultPrevented, area.value]).toEqual([[], false, "@ne"]);
  });

  it("leaves all keys alone while it is closed, and does not open for a whole name", () => {
    type("@Maja Kos");
    expect(shown()).toEqual([]);
    expect([press("Enter"), press("ArrowDown"), press("Tab")]).toEqual([false, false, false]);
  });

  it("keeps an unsent comment and forgets a sent one", () => {
    type("Half a thought");
    open();
    expect(area.value).toBe("Half a thought");
    area.form?.dispatchEvent(answered(422));
    open();
    expect(area.value).toBe("Half a thought");
    area.form?.dispatchEvent(answered(200));
    open();
    expect(area.value).toBe("");
  });

  it("keeps nothing of a comment that was emptied again", () => {
    type("x");
    type(" ");
    open("Saved text");
    expect(area.value).toBe("Saved text");
  });
});
