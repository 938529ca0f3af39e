/**
 * "Use as a start": `data-starts="id"` puts the text of the example beside it
 * (`data-example`) into that field. What somebody wrote there stays above it.
 */
export function startWith(field: HTMLInputElement | HTMLTextAreaElement, example: string): void {
  const joint = field instanceof HTMLTextAreaElement ? "\n" : " ";
  const before = field.value.trim();
  field.value = before ? `${before}${joint}${example}` : example;
  field.dispatchEvent(new Event("input", { bubbles: true })); // counters and saving hear of it
  field.focus();
}

export function listenForStarting(doc: Document): void {
  doc.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-starts]");
    if (!button) return;
    const field = doc.getElementById(button.dataset.starts ?? "");
    const example = button.parentElement?.querySelector("[data-example]")?.textContent?.trim();
    if (!example) return;
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)
      startWith(field, example);
  });
}
