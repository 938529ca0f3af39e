import { beforeEach, describe, expect, it, vi } from "vitest";
import { post } from "../islands/budget/asking";
import { cellOf, following, isTyped, neighbour, textOf } from "../islands/budget/cells";

const ROW = (line: number, months: number[]) =>
  `<tr data-line="${line}">${months
    .map((month) => `<td data-cell="${line}-${month}"><a href="#">${line}${month}</a></td>`)
    .join("")}</tr>`;

let table: HTMLElement;

function cell(name: string): HTMLElement {
  return table.querySelector(`[data-cell="${name}"]`) as HTMLElement;
}

beforeEach(() => {
  document.body.innerHTML = `<table>${ROW(1, [1, 2, 3])}<tr><th>Sum</th></tr>${ROW(2, [1, 3])}</table>`;
  table = document.querySelector("table") as HTMLElement;
  for (const one of table.querySelectorAll("td"))
    Object.defineProperty(one, "offsetParent", { value: document.body, configurable: true });
});

describe("a key", () => {
  it.each([
    [{ key: "7" }, true],
    [{ key: "-" }, true],
    [{ key: "Enter" }, false],
    [{ key: "c", ctrlKey: true }, false],
    [{ key: "v", metaKey: true }, false],
    [{ key: "a", altKey: true }, false],
  ])("%j writes over the cell: %j", (pressed, typed) => {
    expect(isTyped(new KeyboardEvent("keydown", pressed))).toBe(typed);
  });
});

describe("the cell beside", () => {
  it("is in the next line, past sums", () => {
    expect(neighbour(table, cell("1-1"), [1, 0])).toBe(cell("2-1"));
    expect(neighbour(table, cell("2-3"), [-1, 0])).toBe(cell("1-3"));
  });

  it("is the next that can be edited", () => {
    expect(neighbour(table, cell("2-1"), [0, 1])).toBe(cell("2-3"));
  });

  it("is not one that a narrow screen hides", () => {
    Object.defineProperty(cell("1-2"), "offsetParent", { value: null });
    expect(neighbour(table, cell("1-1"), [0, 1])).toBe(cell("1-3"));
  });

  it("is nowhere beyond the edge", () => {
    expect(neighbour(table, cell("1-1"), [-1, 0])).toBeNull();
    expect(neighbour(table, cell("2-1"), [1, 0])).toBeNull();
    expect(neighbour(table, cell("1-1"), [0, -1])).toBeNull();
    expect(neighbour(table, cell("1-3"), [0, 1])).toBeNull();
  });

  it("in reading order goes on in the next line", () => {
    expect(following(table, cell("1-3"), 1)).toBe(cell("2-1"));
    expect(following(table, cell("2-1"), -1)).toBe(cell("1-3"));
    expect(following(table, cell("2-3"), 1)).toBeNull();
  });
});

describe("a cell", () => {
  it("is found from what is in it", () => {
    expect(cellOf(cell("1-2").querySelector("a") as HTMLElement)).toBe(cell("1-2"));
  });

  it("shows its amount, or nothing when only a word for screen readers stands there", () => {
    const link = cell("1-1").querySelector("a") as HTMLElement;
    link.textContent = " 12,50 ";
    expect(textOf(link)).toBe("12,50");
    link.innerHTML = '<span class="sr-only">empty</span>';
    expect(textOf(link)).toBe("");
  });
});

describe("asking the server", () => {
  it("sends the fields with the token and reads what it says", async () => {
    const answer = new Response('{"amount":"5"}', {
      status: 409,
      headers: { "Content-Type": "application/json" },
    });
    const fetched = vi.spyOn(globalThis, "fetch").mockResolvedValue(answer);
    expect(await post("/cell/", { amount: "5" }, "secret")).toEqual({
      status: 409,
      body: { amount: "5" },
    });
    const [url, sent] = fetched.mock.calls[0] ?? [];
    expect(url).toBe("/cell/");
    expect(String(sent?.body)).toBe("amount=5");
    expect(sent?.headers).toMatchObject({ "X-CSRFToken": "secret" });
    fetched.mockRestore();
  });

  it("is null without a connection, and empty for a page that is no answer", async () => {
    const fetched = vi.spyOn(globalThis, "fetch").mockRejectedValueOnce(new TypeError("offline"));
    expect(await post("/cell/", {}, "")).toBeNull();
    fetched.mockResolvedValueOnce(new Response("<p>", { status: 500 }));
    expect(await post("/cell/", {}, "")).toEqual({ status: 500, body: {} });
    fetched.mockRestore();
  });
});
