/**
 * Copy buttons: `data-copy="words"` copies these words, `data-copy-from="id"` the text
 * or the value of that element. The button says for two seconds that it was done.
 */
const SHOWN_FOR = 2000; // ms

function wordsOf(button: HTMLElement, doc: Document): string {
  if (button.dataset.copy !== undefined) return button.dataset.copy;
  const from = doc.getElementById(button.dataset.copyFrom ?? "");
  if (from instanceof HTMLTextAreaElement || from instanceof HTMLInputElement) return from.value;
  return from?.textContent?.trim() ?? "";
}

function say(button: HTMLElement, words: string | undefined): void {
  const label = button.querySelector<HTMLElement>("[data-copy-label]");
  if (!label || !words || label.dataset.before) return;
  label.dataset.before = label.textContent ?? "";
  label.textContent = words;
  setTimeout(() => {
    label.textContent = label.dataset.before ?? "";
    delete label.dataset.before;
  }, SHOWN_FOR);
}

export function listenForCopying(doc: Document): void {
  doc.addEventListener("click", async (event) => {
    const selector = "[data-copy],[data-copy-from]";
    const button = (event.target as Element).closest<HTMLElement>(selector);
    if (!button) return;
    try {
      await navigator.clipboard.writeText(wordsOf(button, doc));
      say(button, button.dataset.copied);
    } catch {
      say(button, button.dataset.notCopied); // not allowed, or the page has no https
    }
  });
}
