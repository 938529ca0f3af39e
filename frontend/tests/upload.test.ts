import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { filesOf, mount, summary, toldBy, Uploader, type Words } from "../islands/upload";

// The test's document lacks what htmx asks for when it is loaded.
vi.mock("htmx.org", () => ({ default: { process: () => {} } }));

const WORDS: Words = {
  waiting: "Waiting",
  working: "Looking at it",
  lost: "The connection broke",
  tooLarge: "Too large",
  again: "Try again",
  stop: "Stop",
  stopped: "Stopped",
  done: "{n} of {all}",
};

/** A request as the browser makes it; the test answers. */
class Wire {
  static sent: Wire[] = [];
  readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  readonly headers: Record<string, string> = {};
  status = 0;
  responseText = "";
  address = "";
  body = new FormData();
  onload = () => {};
  onerror = () => {};
  onabort = () => {};

  open(_method: string, address: string): void {
    this.address = address;
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  send(body: FormData): void {
    this.body = body;
    Wire.sent.push(this);
  }
  abort(): void {
    this.onabort();
  }
  answer(status: number, told: object | string): void {
    this.status = status;
    this.responseText = typeof told === "string" ? told : JSON.stringify(told);
    this.onload();
  }
}

const form = () => document.querySelector("form") as HTMLFormElement;
const rows = () =>
  [...document.querySelectorAll("[data-progress] li")].map((row) => row.textContent);
const names = () => Wire.sent.map(({ body }) => (body.get("files") as File).name);
const press = (words: string) =>
  [...document.querySelectorAll("button")].find((each) => each.textContent === words)?.click();
const file = (name: string) => new File(["x"], name, { type: "image/png" });
const taken = (n: number, how = "new") => ({
  how,
  words: `Kept ${n}`,
  url: `/file/${n}/`,
  html: `<li id="file-${n}"></li>`,
});

beforeEach(() => {
  Wire.sent = [];
  vi.stubGlobal("XMLHttpRequest", Wire);
  document.body.innerHTML = `<form action="/b/x/library/upload/">
    <input type="hidden" name="csrfmiddlewaretoken" value="token"><input name="folder" value="3">
    <div class="library-drop"><input type="file" name="files" multiple><input type="file" name="camera">
    </div><ul data-progress></ul><p data-said></p></form><ul data-files><li id="old"></li></ul>`;
});
afterEach(() => vi.unstubAllGlobals());

describe("the answer to a file", () => {
  it("is what the server says, or why nothing was said", () => {
    expect(toldBy(200, '{"url":"/a","words":"Kept"}', WORDS)).toEqual({ url: "/a", words: "Kept" });
    expect(toldBy(422, '{"error":"No picture"}', WORDS)).toEqual({ error: "No picture" });
    expect(toldBy(413, "<html>", WORDS)).toEqual({ error: "Too large" });
    expect(toldBy(200, "<html>sign in</html>", WORDS)).toEqual({ error: "The connection broke" });
    expect(toldBy(502, "{}", WORDS)).toEqual({ error: "The connection broke" });
    expect(summary(WORDS, 2, 3)).toBe("2 of 3");
  });
});

describe("files that are chosen", () => {
  it("go one after another, with the fields of the form and the token", () => {
    new Uploader(form(), WORDS).add([file("a.png"), file("b.png")]);
    expect(names()).toEqual(["a.png"]);
    const [first] = Wire.sent;
    expect(first?.address).toContain("/b/x/library/upload/");
    expect(first?.headers.Accept).toBe("application/json");
    expect(first?.body.get("folder")).toBe("3");
    expect(first?.body.getAll("files")).toHaveLength(1);
    first?.answer(200, taken(1));
    expect(names()).toEqual(["a.png", "b.png"]);
    Wire.sent[1]?.answer(200, taken(2, "known"));
    expect(document.querySelector("[data-said]")?.textContent).toBe("2 of 2");
  });

  it("show how far they are, and that the server is at work at the end", () => {
    new Uploader(form(), WORDS).add([file("a.png")]);
    expect(rows()).toEqual(["a.pngWaiting"]);
    Wire.sent[0]?.upload.onprogress?.({ loaded: 1, total: 3 });
    expect(rows()).toEqual(["a.png33 %Stop"]);
    expect(document.querySelector("progress")?.value).toBe(33);
    Wire.sent[0]?.upload.onprogress?.({ loaded: 3, total: 3 });
    expect(rows()).toEqual(["a.pngLooking at itStop"]);
  });

  it("stand first in the list when they are new, and only then", () => {
    const uploader = new Uploader(form(), WORDS);
    uploader.add([file("a.png"), file("b.png")]);
    Wire.sent[0]?.answer(200, taken(1));
    Wire.sent[1]?.answer(200, taken(2, "known"));
    const shown = [...document.querySelectorAll("[data-files] li")].map((each) => each.id);
    expect(shown).toEqual(["file-1", "old"]);
    const links = [...document.querySelectorAll<HTMLAnchorElement>("[data-progress] a")];
    expect(links.map((each) => each.textContent)).toEqual(["Kept 1", "Kept 2"]);
  });
});

describe("a file that is not taken", () => {
  it("says why, holds up no other, and can be sent again", () => {
    const uploader = new Uploader(form(), WORDS);
    uploader.add([file("a.png"), file("b.png")]);
    Wire.sent[0]?.answer(422, { error: "No picture" });
    expect(names()).toEqual(["a.png", "b.png"]);
    Wire.sent[1]?.answer(200, taken(2));
    expect(rows()[0]).toBe("a.pngNo pictureTry again");
    press("Try again");
    expect(names()).toEqual(["a.png", "b.png", "a.png"]);
    expect(rows()[0]).toBe("a.pngWaiting");
    Wire.sent[2]?.answer(200, taken(1));
    expect(uploader.isBusy).toBe(false);
    expect(document.querySelector("[data-said]")?.textContent).toBe("2 of 2");
  });

  it("may have been stopped, or the connection broke", () => {
    new Uploader(form(), WORDS).add([file("a.png"), file("b.png")]);
    Wire.sent[0]?.upload.onprogress?.({ loaded: 1, total: 2 });
    press("Stop");
    Wire.sent[1]?.onerror();
    expect(rows()).toEqual(["a.pngStoppedTry again", "b.pngThe connection brokeTry again"]);
  });
});

describe("the page of the library", () => {
  const event = (name: string, files: File[], types = ["Files"]): Event => {
    const made = new Event(name, { bubbles: true, cancelable: true });
    const data = { files, types };
    return Object.assign(made, { dataTransfer: data, clipboardData: data });
  };

  beforeEach(() => mount(form(), WORDS));
  afterEach(() => {
    for (const wire of Wire.sent) wire.answer(200, taken(9));
  });

  it("takes files that are dropped anywhere, and shows that it would", () => {
    const zone = document.querySelector(".library-drop");
    document.dispatchEvent(event("dragenter", []));
    expect(zone?.hasAttribute("data-over")).toBe(true);
    document.dispatchEvent(event("dragenter", [])); // over something within
    document.dispatchEvent(event("dragleave", []));
    expect(zone?.hasAttribute("data-over")).toBe(true);
    const drop = event("drop", [file("a.png")]);
    document.dispatchEvent(drop);
    expect([drop.defaultPrevented, zone?.hasAttribute("data-over")]).toEqual([true, false]);
    expect(names()).toEqual(["a.png"]);
  });

  it("takes pictures that are pasted, and lets words be words", () => {
    const words = event("paste", []);
    document.dispatchEvent(words);
    expect(words.defaultPrevented).toBe(false);
    document.dispatchEvent(event("paste", [file("b.png")]));
    expect(names()).toContain("b.png");
  });

  it("leaves a text that is dragged alone", () => {
    const drop = event("drop", [], ["text/plain"]);
    document.dispatchEvent(drop);
    expect([drop.defaultPrevented, names()]).toEqual([false, []]);
  });

  it("asks before it is left while a file is on its way", () => {
    const leave = () => {
      const going = new Event("beforeunload", { cancelable: true });
      window.dispatchEvent(going);
      return going.defaultPrevented;
    };
    expect(leave()).toBe(false);
    document.dispatchEvent(event("paste", [file("c.png")]));
    expect(leave()).toBe(true);
  });
});

it("knows an empty folder from an empty file", () => {
  const folder = new File([], "folder");
  const empty = new File([], "a.txt", { type: "text/plain" });
  expect(filesOf({ files: [folder, empty] } as unknown as DataTransfer)).toEqual([empty]);
  expect(filesOf(null)).toEqual([]);
});

it("sends what was chosen before the script had come", () => {
  const input = document.querySelector<HTMLInputElement>("[name=files]");
  Object.defineProperty(input, "files", { value: [file("early.png")] });
  mount(form(), WORDS);
  expect(names()).toEqual(["early.png"]);
});
