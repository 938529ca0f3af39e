/**
 * The timeline of the roadmap: bars to look at, to drag, and to move by keyboard.
 *
 * A move is posted as the form of the table posts it. The server answers with what moves
 * behind it (the dialog opens, the person decides) or saves at once and sends the news
 * `roadmap:moved`. The table below is the same page without script.
 */
import type { Bar } from "frappe-gantt";
import htmx from "htmx.org";
import { type Initiative, isMilestone, type Line, type Roadmap, say } from "./roadmap/data";
import { afterKey, type Span, same, spanWords, toDay, toIso } from "./roadmap/dates";
import { ROW, shape, Timeline } from "./roadmap/timeline";

const PAUSE = 1200; // ms without a key before a move by keyboard is saved
const WIDE = "(min-width: 48rem)"; // below it only the table is shown

function spanOf(line: Line): Span {
  return { start: toDay(line.start), end: toDay(line.end) };
}

class Board {
  private timeline: Timeline;
  private scroller: HTMLElement;
  private lines: Map<string, Initiative>;
  /** Where a bar stands that was moved and is not saved yet. */
  private pending: { line: Initiative; span: Span } | null = null;
  /** The server was asked and has not answered, or the person has not decided. */
  private sent = false;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private dragged: Bar | null = null;
  private said: HTMLElement | null = document.getElementById("roadmap-said");
  private dialog = document.getElementById("roadmap-dialog") as HTMLDialogElement | null;

  constructor(
    el: HTMLElement,
    private data: Roadmap,
  ) {
    const initiatives = data.lines.filter((line): line is Initiative => !line.goal);
    this.lines = new Map(initiatives.map((line) => [line.id, line]));
    this.scroller = document.createElement("div");
    this.scroller.className = "roadmap-scroller";
    const names = this.names();
    const chart = document.createElement("div");
    chart.className = "roadmap-chart";
    this.scroller.append(names, chart);
    const keys = document.createElement("p");
    keys.id = "roadmap-keys";
    keys.className = data.editable ? "roadmap-keys" : "sr-only";
    keys.textContent = data.words.keys;
    el.append(this.scroller, keys);
    this.timeline = Timeline.draw(chart, data);
    this.describe();
    this.scrollToToday();
    this.listen(el);
  }

  private names(): HTMLElement {
    const column = document.createElement("div");
    column.className = "roadmap-names";
    const head = document.createElement("div");
    head.className = "roadmap-names-head";
    head.textContent = this.data.words.names;
    column.append(head, ...this.data.lines.map((line) => this.name(line)));
    column.style.setProperty("--row", `${ROW}px`);
    return column;
  }

  private name(line: Line): HTMLElement {
    const el = document.createElement(line.url ? "a" : "span");
    if (line.url) (el as HTMLAnchorElement).href = line.url;
    el.className = line.goal ? "roadmap-name roadmap-name-goal" : `roadmap-name tone-${line.tone}`;
    el.title = line.title;
    const title = document.createElement("span");
    title.textContent = line.title;
    if (!line.goal) el.append(this.icon(line.icon));
    el.append(title);
    if (!line.goal && line.flag) {
      const flag = document.createElement("em");
      flag.textContent = line.flag;
      el.append(flag);
    }
    el.dataset.name = line.id;
    return el;
  }

  private icon(name: string): SVGElement {
    const svg = shape("svg", { class: "icon", "aria-hidden": "true" });
    svg.append(shape("use", { href: `${this.data.icons}#${name}` }));
    return svg;
  }

  private describe(): void {
    const { $svg, bars } = this.timeline;
    $svg.setAttribute("role", "group");
    $svg.setAttribute("aria-label", this.data.words.names);
    for (const bar of bars) {
      const line = this.lines.get(bar.task.id);
      if (!line) {
        bar.group.setAttribute("aria-hidden", "true");
        continue;
      }
      bar.group.setAttribute("role", "button");
      bar.group.setAttribute("tabindex", "-1");
      bar.group.setAttribute("aria-describedby", "roadmap-keys");
      this.label(bar, line);
    }
    this.focusable()[0]?.setAttribute("tabindex", "0");
  }

  private focusable(): SVGGElement[] {
    return this.timeline.bars.filter((bar) => this.lines.has(bar.task.id)).map((bar) => bar.group);
  }

  private label(bar: Bar, line: Initiative): void {
    const words = this.data.words;
    const dates = this.words(spanOf(line));
    const { title, status, progress } = line;
    const sentence = isMilestone(line) ? words.milestone : words.bar;
    const parts = [say(sentence, { title, dates, status, progress }), line.flag];
    const titles = line.after.map((id) => this.lines.get(id)?.title).filter(Boolean);
    if (titles.length) parts.push(say(words.after, { titles: titles.join(", ") }));
    if (line.approved && (line.approved[0] !== line.start || line.approved[1] !== line.end)) {
      const [start, end] = line.approved;
      const approved = { start: toDay(start), end: toDay(end) };
      parts.push(say(words.approved, { dates: this.words(approved) }));
    }
    const label = parts.filter(Boolean).join(". ");
    bar.group.setAttribute("aria-label", label);
    let title_ = bar.group.querySelector(":scope > title");
    if (!title_) {
      title_ = document.createElementNS("http://www.w3.org/2000/svg", "title");
      bar.group.prepend(title_);
    }
    title_.textContent = label;
  }

  private words(span: Span): string {
    return spanWords(span, this.data.language);
  }

  private tell(text: string): void {
    if (this.said) this.said.textContent = text;
  }

  private scrollToToday(): void {
    const x = this.timeline.x(toDay(this.data.today));
    this.scroller.scrollLeft = Math.max(0, x - this.scroller.clientWidth / 4);
  }

  private listen(el: HTMLElement): void {
    const { $svg } = this.timeline;
    $svg.addEventListener("click", (event) => this.clicked(event));
    $svg.addEventListener("keydown", (event) => this.pressed(event));
    $svg.addEventListener("focusout", () => this.save());
    const onBody = (name: string, run: (event: Event) => void) => {
      const listener = (event: Event) => {
        if (el.isConnected) run(event);
        else document.body.removeEventListener(name, listener);
      };
      document.body.addEventListener(name, listener);
    };
    onBody("roadmap:moved", (event) => this.moved((event as CustomEvent).detail.lines));
    onBody("htmx:sendError", () => this.takeBack());
    onBody("htmx:responseError", () => this.takeBack());
    this.dialog?.addEventListener("close", () => this.takeBack());
    if (!this.data.editable) return;
    $svg.addEventListener("mousedown", (event) => this.grabbed(event), true);
    document.addEventListener("mouseup", () => this.dropped());
  }

  private barAt(target: EventTarget | null): Bar | null {
    const group = (target as Element | null)?.closest?.(".bar-wrapper");
    const id = group?.getAttribute("data-id");
    return (id && this.timeline.get_bar(id)) || null;
  }

  // by mouse

  private grabbed(event: MouseEvent): void {
    const bar = this.barAt(event.target);
    if (!bar || event.button !== 0) return;
    if (!this.lines.has(bar.task.id)) {
      event.stopPropagation(); // a goal's dates are changed on its own page
      return;
    }
    this.save();
    this.dragged = bar;
    this.scroller.classList.add("is-dragging");
  }

  private dropped(): void {
    const bar = this.dragged;
    this.scroller.classList.remove("is-dragging");
    if (!bar) return;
    const line = this.lines.get(bar.task.id);
    const span = this.timeline.spanOf(bar);
    // The click that follows must still see that this was a drag.
    setTimeout(() => {
      this.dragged = null;
    });
    if (!line || same(span, spanOf(line))) return;
    this.timeline.put(bar, span);
    this.pending = { line, span };
    this.save();
  }

  private clicked(event: MouseEvent): void {
    const bar = this.barAt(event.target);
    const line = bar && this.lines.get(bar.task.id);
    if (!bar || !line) return;
    const wasDragged = !same(this.timeline.spanOf(bar), spanOf(line)) || this.pending !== null;
    if (!wasDragged && line.url) window.location.assign(line.url);
  }

  // by keyboard

  private pressed(event: KeyboardEvent): void {
    const bar = this.barAt(document.activeElement);
    const line = bar && this.lines.get(bar.task.id);
    if (!bar || !line) return;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      this.step(bar, event.key === "ArrowUp" ? -1 : 1);
    } else if (event.key === "Enter" || event.key === " ") {
      if (this.pending) this.save();
      else if (line.url) window.location.assign(line.url);
    } else if (event.key === "Escape") {
      this.takeBack();
    } else if (!this.shift(bar, line, event)) {
      return;
    }
    event.preventDefault();
  }

  private step(bar: Bar, by: number): void {
    const all = this.focusable();
    const next = all[all.indexOf(bar.group) + by];
    if (!next) return;
    bar.group.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
    this.keepInSight(next);
  }

  private shift(bar: Bar, line: Initiative, event: KeyboardEvent): boolean {
    if (!this.data.editable || !line.move) return false;
    const span = afterKey(this.pending?.span ?? spanOf(line), event);
    if (!span) return false;
    if (this.sent) return true;
    this.pending = { line, span };
    this.timeline.put(bar, span);
    this.keepInSight(bar.group);
    this.tell(say(this.data.words.pending, { dates: this.words(span) }));
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.save(), PAUSE);
    return true;
  }

  private keepInSight(group: SVGGElement): void {
    const bar = this.barAt(group);
    if (!bar) return;
    const x = Number(bar.$bar.getAttribute("x"));
    const names = (this.scroller.firstElementChild as HTMLElement).offsetWidth;
    const left = this.scroller.scrollLeft;
    const right = left + this.scroller.clientWidth - names;
    if (x < left || x > right - 60) this.scroller.scrollLeft = Math.max(0, x - 120);
  }

  // saving

  private save(): void {
    clearTimeout(this.waiting);
    if (!this.pending || this.sent) return;
    const { line, span } = this.pending;
    if (same(span, spanOf(line))) {
      this.pending = null;
      return;
    }
    const values = { start: toIso(span.start), end: toIso(span.end), preview: "1" };
    this.sent = true;
    void htmx.ajax("post", line.move, { target: "#roadmap-dialog-body", values });
  }

  private takeBack(): void {
    clearTimeout(this.waiting);
    const pending = this.pending;
    this.pending = null;
    this.sent = false;
    const bar = pending && this.timeline.get_bar(pending.line.id);
    if (!pending || !bar) return;
    const span = spanOf(pending.line);
    this.timeline.put(bar, span);
    this.tell(say(this.data.words.cancelled, { dates: this.words(span) }));
  }

  private moved(changed: Initiative[]): void {
    this.pending = null;
    this.sent = false;
    for (const line of changed) {
      const bar = this.timeline.get_bar(line.id);
      const row = this.data.lines.findIndex((each) => each.id === line.id);
      if (!bar || row < 0) continue;
      this.data.lines[row] = line;
      this.lines.set(line.id, line);
      this.timeline.put(bar, spanOf(line));
      this.restyle(bar, line);
      this.timeline.mark(line, row);
      this.label(bar, line);
      const name = this.scroller.querySelector(`[data-name="${line.id}"]`);
      name?.replaceWith(this.name(line));
    }
    this.dialog?.close();
  }

  private restyle(bar: Bar, line: Initiative): void {
    const tones = [...bar.group.classList].filter((name) => name.startsWith("tone-"));
    bar.group.classList.remove(...tones);
    bar.group.classList.add(`tone-${line.tone}`);
    bar.task.custom_class = `tone-${line.tone}`;
  }
}

export function mount(el: HTMLElement, data: unknown): void {
  const wide = window.matchMedia(WIDE);
  let board: Board | null = null;
  const draw = () => {
    if (wide.matches && !board) board = new Board(el, data as Roadmap);
  };
  wide.addEventListener("change", draw);
  document.body.addEventListener("roadmap:moved", (event) => {
    (document.getElementById("roadmap-dialog") as HTMLDialogElement | null)?.close();
    const first = ((event as CustomEvent).detail.lines as Initiative[])[0];
    // The row was exchanged, and with it the button that had the focus.
    if (first && document.activeElement === document.body) {
      document.getElementById(`move-${first.id}`)?.focus();
    }
  });
  draw();
}
