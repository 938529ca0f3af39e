/** One request to the server, and what its answer means for a person who is writing. */
import type { Outcome } from "./saver";
import type { Values } from "./values";

export interface Clash {
  theirs: string;
  by: string;
  at: string | null;
  was: string;
  html: string;
}

/** `waypost.kit.careful.respond` writes it. */
export interface Answer {
  saved_at: string | null;
  said: string;
  written: string[];
  was: Record<string, string>;
  values: Values;
  clashes: Record<string, Clash>;
  errors: Record<string, string[]>;
}

const PATIENCE = 20_000; // ms
const KEPT_ALIVE = 60_000; // characters; browsers take 64 KB along when the page is left

/** The cookie's token: it stays right when the person signs in anew in another tab. */
export function csrfToken(doc: Document): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/u.exec(doc.cookie)?.[1] ?? "";
}

export async function post(
  url: string,
  entries: [string, string][],
  doc: Document,
): Promise<Outcome<Answer>> {
  const token = csrfToken(doc);
  const kept = token ? entries.filter(([name]) => name !== "csrfmiddlewaretoken") : entries;
  const body = new URLSearchParams(kept).toString();
  const headers: Record<string, string> = {
    "X-Autosave": "1",
    "Content-Type": "application/x-www-form-urlencoded",
  };
  if (token) headers["X-CSRFToken"] = token;
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers,
      redirect: "manual",
      keepalive: body.length < KEPT_ALIVE,
      signal: AbortSignal.timeout(PATIENCE),
    });
    return await outcomeOf(response);
  } catch {
    return { kind: "offline" };
  }
}

async function outcomeOf(response: Response): Promise<Outcome<Answer>> {
  // The only redirect an autosave can meet is the one to the sign-in page.
  if (response.type === "opaqueredirect" || response.status === 401) return { kind: "signed-out" };
  if (response.status >= 500 || response.status === 429) return { kind: "broken" };
  if (response.headers?.get("X-Waypost-Trouble") === "removed") return { kind: "removed" };
  if (!response.ok) return { kind: "forbidden" };
  try {
    return { kind: "answered", answer: (await response.json()) as Answer };
  } catch {
    return { kind: "broken" };
  }
}
