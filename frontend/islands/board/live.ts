/**
 * News of the board: by an open connection, else by asking every few seconds.
 *
 * A page that nobody looks at lets its connection go, so that many open tabs cost nothing, and
 * asks for what it missed when it is looked at again.
 */

export interface News {
  changed(row: number, by: number | null): void;
  everything(): void;
  /** The person may no longer see this. */
  gone(): void;
  /** Nothing is heard of others for now. */
  silent(): void;
  /** What others do is heard again. */
  back(): void;
}

interface Change {
  row: number;
  version: number;
  by: number | null;
}

const ASKS_EVERY = 5000; // ms, where no connection can be kept
const LETS_GO_AFTER = 30_000; // ms out of sight
const SILENT_AFTER = 6000; // ms in which the browser may mend the connection unnoticed

export class Live {
  private source: EventSource | null = null;
  private asking: ReturnType<typeof setInterval> | undefined;
  private hiding: ReturnType<typeof setTimeout> | undefined;
  private mending: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private stream: string,
    private changes: string,
    private since: number,
    private news: News,
  ) {
    document.addEventListener("visibilitychange", () => this.seen());
    window.addEventListener("pagehide", () => this.close());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.open();
    });
    this.open();
  }

  private open(): void {
    if (this.source || this.asking) return;
    this.source = new EventSource(`${this.stream}?since=${this.since}`);
    this.source.addEventListener("change", (event) => {
      const { lastEventId, data } = event as MessageEvent<string>;
      this.since = Math.max(this.since, Number(lastEventId) || 0);
      this.heard(JSON.parse(data) as Change);
    });
    this.source.addEventListener("reload", () => this.news.everything());
    this.source.addEventListener("gone", () => {
      this.close();
      this.news.gone();
    });
    this.source.addEventListener("open", () => this.mended());
    this.source.addEventListener("error", () => this.broke());
  }

  private broke(): void {
    if (this.source?.readyState !== EventSource.CLOSED) {
      // The browser connects anew by itself.
      this.mending ??= setTimeout(() => this.news.silent(), SILENT_AFTER);
      return;
    }
    this.source = null;
    this.asking ??= setInterval(() => void this.ask(), ASKS_EVERY);
  }

  private mended(): void {
    clearTimeout(this.mending);
    this.mending = undefined;
    this.news.back();
  }

  private heard({ row, by }: Change): void {
    if (row) this.news.changed(row, by);
    else this.news.everything();
  }

  private async ask(): Promise<void> {
    try {
      const response = await fetch(`${this.changes}?since=${this.since}`);
      if (response.status === 403 || response.status === 404 || response.redirected) {
        this.close();
        this.news.gone();
        return;
      }
      const told = (await response.json()) as { latest: number; changes: Change[] };
      this.since = told.latest;
      this.mended();
      for (const change of told.changes) this.heard(change);
    } catch {
      this.news.silent();
    }
  }

  private seen(): void {
    clearTimeout(this.hiding);
    if (document.visibilityState === "hidden") {
      this.hiding = setTimeout(() => this.close(), LETS_GO_AFTER);
    } else {
      this.open();
    }
  }

  private close(): void {
    this.source?.close();
    this.source = null;
    clearInterval(this.asking);
    clearTimeout(this.mending);
    this.asking = this.mending = undefined;
  }
}
