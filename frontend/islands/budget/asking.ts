/** What the server is asked and what it answers when a cell is saved. */

export interface Words {
  saved: string;
  saving: string;
  failed: string;
  undone: string;
  nothing: string;
  pasted: string;
  empty: string;
}

export interface Answer {
  amount?: string;
  version?: number;
  batch?: string;
  at?: string;
  error?: string;
  conflict?: string;
  theirs?: string;
}

export interface Reply {
  status: number;
  body: Answer;
}

/** Sends the fields; null when there was no answer at all. */
export async function post(
  url: string,
  fields: Record<string, string>,
  token: string,
): Promise<Reply | null> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { Accept: "application/json", "X-CSRFToken": token },
    });
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    return { status: answer.status, body: isJson ? await answer.json() : {} };
  } catch {
    return null;
  }
}
