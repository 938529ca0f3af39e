/** What is said aloud, and what is shown for a while with Undo. */

export function say(sentence: string, values: Record<string, string | number>): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

const STAYS = 8000; // ms

export class Teller {
  constructor(private doc: Document) {}

  aloud(text: string): void {
    const el = this.doc.getElementById("board-said");
    if (el) el.textContent = text;
  }

  /** A sentence that stands above the board until it is taken away with an empty one. */
  standing(text: string): void {
    const el = this.doc.getElementById("board-line");
    const words = el?.querySelector("p");
    if (!el || !words || words.textContent === text) return;
    words.textContent = text;
    el.hidden = !text;
    this.aloud(text);
  }

  show(text: string, undo?: () => void): void {
    const template = this.doc.querySelector<HTMLTemplateElement>("#board-toast");
    const toast = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
    if (!toast || !text) return;
    for (const old of this.doc.querySelectorAll("[data-board-toast]")) old.remove();
    toast.dataset.boardToast = "";
    const words = toast.querySelector("p");
    if (words) words.textContent = text;
    const button = toast.querySelector<HTMLElement>("[data-undo]");
    if (button && undo) {
      button.hidden = false;
      button.addEventListener("click", () => {
        toast.remove();
        undo();
      });
    }
    this.doc.getElementById("toasts")?.append(toast);
    setTimeout(() => toast.remove(), STAYS);
  }
}
