/**
 * Counts a text as each channel counts it and says how much is left.
 *
 * The server counts again before a post is scheduled; this one only helps while typing.
 */
import { type Counting, left } from "../counting";

/** How one channel counts (`Limits.counting` and `Limits.text` of its provider). */
export interface Channel extends Counting {
  /** Said before the number where there is more than one channel. */
  label?: string;
  limit: number;
  /** Id of the box that chooses the channel; it is counted for only while ticked. */
  when?: string;
}

interface Words {
  left: string; // "{n} left"
  over: string; // "{n} too many"
}

const PAUSE = 800; // ms without typing before the count is read out
const NEAR = 0.1; // of the limit left: time to say it louder

function tone(remaining: number, channel: Channel): string {
  if (remaining < 0) return "counter-over";
  return remaining <= channel.limit * NEAR ? "counter-near" : "";
}

function line(channel: Channel, text: string, words: Words): HTMLElement {
  const remaining = left(text, channel.limit, channel);
  const el = document.createElement("span");
  const sentence = remaining < 0 ? words.over : words.left;
  const said = sentence.replace("{n}", String(Math.abs(remaining)));
  el.textContent = channel.label ? `${channel.label}: ${said}` : said;
  el.className = tone(remaining, channel);
  return el;
}

function isChosen(channel: Channel): boolean {
  if (!channel.when) return true;
  return (document.getElementById(channel.when) as HTMLInputElement | null)?.checked ?? false;
}

/** `el` has `data-for` (id of the text control), the words as data, a child `output`. */
export function mount(el: HTMLElement, data: unknown): void {
  const control = document.getElementById(el.dataset.for ?? "") as HTMLTextAreaElement | null;
  const output = el.querySelector("output");
  if (!control || !output) return;
  const words = { left: el.dataset.left ?? "{n}", over: el.dataset.over ?? "-{n}" };
  const channels = data as Channel[];
  const show = () => {
    const chosen = channels.filter(isChosen);
    output.replaceChildren(...chosen.map((channel) => line(channel, control.value, words)));
  };
  const said = el.querySelector("[data-said]");
  const readOut = () => {
    if (said) said.textContent = [...output.children].map((each) => each.textContent).join(", ");
  };
  let waiting: ReturnType<typeof setTimeout>;
  control.addEventListener("input", () => {
    show();
    clearTimeout(waiting);
    waiting = setTimeout(readOut, PAUSE);
  });
  for (const { when } of channels) {
    if (when) document.getElementById(when)?.addEventListener("change", show);
  }
  show();
}
