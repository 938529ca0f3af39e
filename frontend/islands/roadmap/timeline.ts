/**
 * frappe-gantt with our own head, grid and marks.
 *
 * The library draws bars, progress, handles and arrows and lets a mouse drag them. What it
 * writes as style attributes (its hatching and its holidays) the content security policy
 * forbids, and its months have thirty days; both are replaced here.
 */
import Gantt, { type Bar, type Task } from "frappe-gantt";
import { type Initiative, isMilestone, type Line, type Roadmap } from "./data";
import {
  DAY_WIDTH,
  lower,
  mondayOf,
  type Span,
  spanOfBar,
  toDay,
  toIso,
  toLocalDate,
  upper,
  weekday,
} from "./dates";

const SVG = "http://www.w3.org/2000/svg";
const BAR = 18;
const GAP = 18;
export const ROW = BAR + GAP;
const WEEK = "week";

export function shape(tag: string, attributes: Record<string, string | number>): SVGElement {
  const el = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) el.setAttribute(name, String(value));
  return el;
}

function asTask(line: Line, known: Set<string>): Task {
  const after = line.goal ? [] : line.after.filter((id) => known.has(id));
  return {
    id: line.id,
    name: "",
    start: line.start,
    end: line.end,
    progress: line.goal ? 0 : line.progress,
    dependencies: after,
    custom_class: line.goal ? "roadmap-goal-bar" : `tone-${line.tone}`,
  };
}

/** What `Timeline` needs before the constructor of the library has run. */
let drawn: Roadmap;

export class Timeline extends Gantt {
  declare roadmap: Roadmap;
  declare first: number;
  declare last: number;
  declare dayWidth: number;
  declare plan: SVGElement;

  static draw(wrapper: HTMLElement, roadmap: Roadmap): Timeline {
    drawn = roadmap;
    const known = new Set(roadmap.lines.map((line) => line.id));
    const column = DAY_WIDTH[roadmap.scale] * 7;
    const mode = {
      name: WEEK,
      step: "7d",
      column_width: column,
      padding: "0d",
      date_format: "YYYY-MM-DD",
      snap_at: "1d",
    };
    const tasks = roadmap.lines.map((line) => asTask(line, known));
    return new Timeline(wrapper, tasks, {
      view_modes: [mode],
      bar_height: BAR,
      padding: GAP,
      bar_corner_radius: 5,
      upper_header_height: 26,
      lower_header_height: 24,
      arrow_curve: 4,
      holidays: {},
      lines: "none",
      infinite_padding: false,
      move_dependencies: false,
      popup: false,
      readonly: !roadmap.editable,
      readonly_progress: true,
      today_button: false,
      scroll_to: null,
    });
  }

  override setup_gantt_dates(): void {
    this.roadmap = drawn;
    this.first = mondayOf(toDay(drawn.start));
    this.last = mondayOf(toDay(drawn.end)) + 6;
    this.dayWidth = DAY_WIDTH[drawn.scale];
    this.gantt_start = toLocalDate(this.first);
    this.gantt_end = toLocalDate(this.last - 6);
    this.config.date_format = "YYYY-MM-DD";
  }

  get width(): number {
    return this.x(this.last + 1);
  }

  /** Pixels from the left edge to the morning of `day`. */
  x(day: number): number {
    return (day - this.first) * this.dayWidth;
  }

  override make_grid_background(): void {
    super.make_grid_background();
    this.grid_height = this.config.header_height + ROW * this.tasks.length;
    this.$svg.setAttribute("height", String(this.grid_height));
    this.$container.style.height = `${this.grid_height}px`;
    this.$container.style.width = `${this.width}px`;
  }

  override make_grid_highlights(): void {
    this.config.ignored_positions = [];
    const { scale, holidays } = this.roadmap;
    if (scale === "weeks") {
      for (let day = this.first; day <= this.last; day++) {
        if (weekday(day) > 4) this.column(day, "roadmap-weekend");
      }
    }
    for (const { day, words } of holidays) {
      const column = this.column(toDay(day), "roadmap-holiday");
      const title = document.createElementNS(SVG, "title");
      title.textContent = words;
      column.append(title);
    }
    this.plan = shape("g", { class: "roadmap-plan" });
    this.layers.grid?.append(this.plan);
  }

  private column(day: number, name: string): SVGElement {
    const rect = shape("rect", {
      class: name,
      x: this.x(day),
      y: this.config.header_height,
      width: this.dayWidth,
      height: this.grid_height - this.config.header_height,
    });
    this.layers.grid?.append(rect);
    return rect;
  }

  override make_grid_ticks(): void {
    const { scale, language } = this.roadmap;
    for (const { day } of lower(this.first, this.last, scale, language)) this.tick(day, "tick");
    for (const { day } of upper(this.first, this.last, scale, language)) {
      this.tick(day, "tick thick");
    }
  }

  private tick(day: number, name: string): void {
    const top = this.config.header_height;
    const d = `M ${this.x(day)} ${top} V ${this.grid_height}`;
    this.layers.grid?.append(shape("path", { d, class: name }));
  }

  override make_dates(): void {
    const { scale, language } = this.roadmap;
    this.upperTexts = upper(this.first, this.last, scale, language).map((heading) =>
      this.heading(heading.day, heading.until, heading.text, "roadmap-upper", this.$upper_header),
    );
    this.lowerTexts = lower(this.first, this.last, scale, language).map((heading) =>
      this.heading(heading.day, heading.until, heading.text, "roadmap-lower", this.$lower_header),
    );
    this.todayLine();
  }

  private heading(
    day: number,
    until: number,
    text: string,
    name: string,
    into: HTMLElement,
  ): HTMLElement {
    const el = document.createElement("div");
    el.className = name;
    el.style.left = `${this.x(day)}px`;
    el.style.width = `${(until - day) * this.dayWidth}px`;
    const words = document.createElement("span");
    words.textContent = text;
    el.append(words);
    into.append(el);
    return el;
  }

  private todayLine(): void {
    const x = this.x(toDay(this.roadmap.today)) + this.dayWidth / 2;
    const pill = document.createElement("div");
    pill.className = "roadmap-today";
    pill.textContent = this.roadmap.words.today;
    pill.style.left = `${x}px`;
    this.$header.append(pill);
    const line = shape("path", {
      class: "roadmap-today-line",
      d: `M ${x} ${this.config.header_height} V ${this.grid_height}`,
    });
    this.layers.grid?.append(line);
  }

  override make_bars(): void {
    super.make_bars();
    for (const moving of this.$svg.querySelectorAll("animate")) moving.remove();
    this.roadmap.lines.forEach((line, row) => {
      if (!line.goal) this.mark(line, row);
    });
  }

  override set_scroll_position(): void {
    // Our own frame scrolls; see roadmap.ts.
  }

  /** The approved plan below the bar, and the bar's own look. */
  mark(line: Initiative, row: number): void {
    const bar = this.get_bar(line.id);
    if (!bar) return;
    bar.group.classList.toggle("roadmap-milestone", isMilestone(line));
    if (line.until) {
      const fill = this.fade(line.tone);
      bar.$bar.style.fill = fill;
      bar.$bar.style.stroke = "none";
    }
    this.plan.querySelector(`[data-of="${line.id}"]`)?.remove();
    if (!line.approved) return;
    const [start, end] = line.approved.map(toDay) as [number, number];
    const top = this.config.header_height + row * ROW + GAP / 2 + BAR + 2;
    const rect = shape("rect", {
      "data-of": line.id,
      x: this.x(start),
      y: top,
      width: (end - start + 1) * this.dayWidth,
      height: 3,
      rx: 1.5,
    });
    this.plan.append(rect);
  }

  private fade(tone: string): string {
    const id = `roadmap-fade-${tone}`;
    if (!this.$svg.querySelector(`#${id}`)) {
      const gradient = shape("linearGradient", { id, class: `roadmap-fade tone-${tone}` });
      gradient.append(shape("stop", { offset: "60%" }), shape("stop", { offset: "100%" }));
      this.$svg.prepend(gradient);
    }
    return `url(#${id})`;
  }

  spanOf(bar: Bar): Span {
    const x = Number(bar.$bar.getAttribute("x"));
    const width = Number(bar.$bar.getAttribute("width"));
    return spanOfBar(x, width, this.first, this.dayWidth);
  }

  /** Puts the bar where `span` says; the library then moves its arrows along. */
  put(bar: Bar, span: Span): void {
    const x = this.x(span.start);
    const width = (span.end - span.start + 1) * this.dayWidth;
    bar.$bar.setAttribute("x", String(x));
    bar.$bar.setAttribute("width", String(width));
    bar.task._start = toLocalDate(span.start);
    bar.task._end = toLocalDate(span.end + 1);
    bar.task.start = toIso(span.start);
    bar.task.end = toIso(span.end);
    bar.update_bar_position({ width });
  }
}
