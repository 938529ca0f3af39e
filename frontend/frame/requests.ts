/** HTMX requests: a line while they run, words when they fail, focus kept where it was. */
import { showTrouble, type Trouble } from "./toasts";

interface HtmxDetail {
  xhr?: XMLHttpRequest;
}

const BY_STATUS: Record<number, Trouble> = { 403: "forbidden", 404: "gone" };

/** `named` is the header X-Waypost-Trouble, with which the server may say more than a number. */
export function troubleOf(status: number, named: string | null = null): Trouble {
  return named === "removed" ? named : (BY_STATUS[status] ?? "failed");
}

function showBusy(doc: Document): void {
  let running = 0;
  const change = (by: number) => () => {
    running = Math.max(0, running + by);
    doc.documentElement.classList.toggle("is-busy", running > 0);
  };
  doc.addEventListener("htmx:beforeSend", change(+1));
  doc.addEventListener("htmx:afterRequest", change(-1));
}

/** HTMX keeps focus only for elements with an id; this also finds a control by its name. */
function keepFocus(doc: Document): void {
  let name: string | null = null;
  doc.addEventListener("htmx:beforeSwap", () => {
    name = doc.activeElement?.getAttribute("name") ?? null;
  });
  doc.addEventListener("htmx:afterSettle", (event) => {
    const lost = doc.activeElement === null || doc.activeElement === doc.body;
    const swapped = event.target as HTMLElement;
    if (!lost) return;
    const invalid = swapped.querySelector<HTMLElement>('[aria-invalid="true"]');
    const same = name ? swapped.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"]`) : null;
    (invalid ?? same)?.focus();
  });
}

export function listenForRequests(doc: Document): void {
  showBusy(doc);
  keepFocus(doc);
  doc.addEventListener("htmx:sendError", () => showTrouble(doc, "offline"));
  doc.addEventListener("htmx:timeout", () => showTrouble(doc, "offline"));
  doc.addEventListener("htmx:responseError", (event) => {
    const detail = (event as CustomEvent<HtmxDetail>).detail;
    const named = detail.xhr?.getResponseHeader?.("X-Waypost-Trouble") ?? null;
    showTrouble(doc, troubleOf(detail.xhr?.status ?? 0, named));
  });
}
