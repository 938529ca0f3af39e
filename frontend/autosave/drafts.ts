/**
 * Texts that are not saved yet, kept in this browser: one for each person, address of a form
 * and field. A draft goes when the server has its text. Those that could not be saved stay,
 * also after signing out, for thirty days; they are shown to nobody but their person.
 */
export interface Draft {
  values: string[];
  was: string; // fingerprint of the saved value it was made from
  at: number; // ms since 1970
}

const PREFIX = "waypost-draft:";
const LASTS = 30 * 24 * 60 * 60 * 1000; // ms

export class Drafts {
  readonly #storage: Storage | null;
  readonly #where: string;

  constructor(storage: Storage | null, user: string, path: string) {
    this.#storage = storage;
    this.#where = `${PREFIX}${user}:${path}:`;
  }

  /** Whether the browser took it. */
  put(name: string, values: string[], was: string): boolean {
    const draft: Draft = { values, was, at: Date.now() };
    try {
      if (!this.#storage) return false;
      this.#storage.setItem(this.#where + name, JSON.stringify(draft));
      return true;
    } catch {
      return false; // full, or switched off
    }
  }

  get(name: string): Draft | null {
    try {
      const found = JSON.parse(this.#storage?.getItem(this.#where + name) ?? "null") as Draft;
      return found && Array.isArray(found.values) ? found : null;
    } catch {
      return null;
    }
  }

  drop(name: string): void {
    try {
      this.#storage?.removeItem(this.#where + name);
    } catch {
      // then it was never kept
    }
  }
}

/** Removes drafts, whoever's, that nobody came back for. */
export function forgetOld(storage: Storage | null, now: number): void {
  if (!storage) return;
  const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");
  for (const key of keys.filter((each) => each.startsWith(PREFIX))) {
    try {
      const { at } = JSON.parse(storage.getItem(key) ?? "{}") as Partial<Draft>;
      if (now - (at ?? 0) > LASTS) storage.removeItem(key);
    } catch {
      storage.removeItem(key);
    }
  }
}
