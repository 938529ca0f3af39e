/** The parts of frappe-gantt 1.2 that the roadmap builds on; it ships without types. */
declare module "frappe-gantt" {
  export interface Task {
    id: string;
    name: string;
    start: string;
    end: string;
    progress: number;
    dependencies: string[];
    custom_class: string;
    _start?: Date;
    _end?: Date;
    _index?: number;
  }
  export interface Bar {
    task: Task;
    group: SVGGElement;
    $bar: SVGRectElement;
    $bar_progress: SVGRectElement;
    update_bar_position(to: { x?: number | null; width?: number | null }): void;
  }
  export interface Mode {
    name: string;
    step: string;
    column_width: number;
    padding: string;
    date_format: string;
  }
  export default class Gantt {
    constructor(wrapper: HTMLElement, tasks: Task[], options: Record<string, unknown>);
    $svg: SVGSVGElement;
    $container: HTMLElement;
    $header: HTMLElement;
    $upper_header: HTMLElement;
    $lower_header: HTMLElement;
    layers: Record<string, SVGGElement>;
    bars: Bar[];
    tasks: Task[];
    dates: Date[];
    gantt_start: Date;
    gantt_end: Date;
    grid_height: number;
    options: { bar_height: number; padding: number };
    config: {
      header_height: number;
      column_width: number;
      date_format: string;
      ignored_positions: number[];
      view_mode: Mode;
    };
    upperTexts: HTMLElement[];
    lowerTexts: HTMLElement[];
    get_bar(id: string): Bar | undefined;
    setup_gantt_dates(refresh: boolean): void;
    make_grid_background(): void;
    make_grid_highlights(): void;
    make_grid_ticks(): void;
    make_dates(): void;
    make_bars(): void;
    set_scroll_position(): void;
  }
}
