/**
 * When to send and what to do until an answer comes: one request at a time, and the newest
 * state follows. What was sent without an answer is sent again as it was, because the server
 * may have it already; only then does what was typed since make sense to it.
 */
export type Trouble = "offline" | "signed-out" | "forbidden" | "removed" | "broken";
/** Asking again would get the same answer. */
const FINAL: readonly Trouble[] = ["forbidden", "removed"];
export type Outcome<A> = { kind: "answered"; answer: A } | { kind: Trouble };

export interface Page<S, A> {
  /** Whether there is something that the server was not asked yet. */
  unsaved(): boolean;
  take(): S;
  send(shot: S): Promise<Outcome<A>>;
  took(shot: S, answer: A): void;
  say(state: "saving" | Trouble): void;
}

export const QUIET = 1000; // ms without typing before it is sent
export const LATEST = 1800; // ms after the first change, however long the typing goes on
const FIRST_RETRY = 2000; // ms
const LAST_RETRY = 60_000;

export class Saver<S, A> {
  readonly #page: Page<S, A>;
  #quiet: ReturnType<typeof setTimeout> | undefined;
  #latest: ReturnType<typeof setTimeout> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #running: Promise<boolean> | null = null;
  #unanswered: S | null = null;
  #trouble: Trouble | null = null;

  constructor(page: Page<S, A>) {
    this.#page = page;
  }

  changed(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => void this.flush(), QUIET);
    this.#latest ??= setTimeout(() => void this.flush(), LATEST);
  }

  /** Sends all there is; true when the server answered to all of it. */
  flush(): Promise<boolean> {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** The connection may be back: does not wait for the next try. */
  again(): void {
    if (this.#trouble && !FINAL.includes(this.#trouble)) void this.flush();
  }

  get isBusy(): boolean {
    return this.#running !== null;
  }

  get isWaiting(): boolean {
    return this.#unanswered !== null;
  }

  async #run(): Promise<boolean> {
    this.#stopClocks();
    while (this.#unanswered !== null || this.#page.unsaved()) {
      const shot = this.#unanswered ?? this.#page.take();
      if (!this.#trouble) this.#page.say("saving");
      const outcome = await this.#page.send(shot);
      if (outcome.kind !== "answered") return this.#failed(outcome.kind, shot);
      this.#unanswered = this.#trouble = null;
      this.#tries = 0;
      this.#page.took(shot, outcome.answer);
    }
    this.#stopClocks();
    return true;
  }

  #failed(trouble: Trouble, shot: S): boolean {
    this.#stopClocks();
    this.#trouble = trouble;
    const unsure = trouble === "offline" || trouble === "broken";
    this.#unanswered = unsure ? shot : null;
    this.#page.say(trouble);
    if (FINAL.includes(trouble)) return false;
    const wait = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** this.#tries);
    this.#tries += 1;
    this.#retry = setTimeout(() => void this.flush(), wait);
    return false;
  }

  #stopClocks(): void {
    for (const clock of [this.#quiet, this.#latest, this.#retry]) clearTimeout(clock);
    this.#quiet = this.#latest = this.#retry = undefined;
  }
}
