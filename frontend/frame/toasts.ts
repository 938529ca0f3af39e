/** Toasts: shown by the server, or made here from the <template> in the frame. */
export type Trouble = "offline" | "failed" | "forbidden" | "gone" | "removed";

/** Shows the frame's sentence for `trouble`; the words come from the page, translated. */
export function showTrouble(doc: Document, trouble: Trouble): void {
  const list = doc.getElementById("toasts");
  const template = doc.querySelector<HTMLTemplateElement>(`template[data-trouble="${trouble}"]`);
  if (!list || !template) return;
  for (const old of list.querySelectorAll("[data-made-here]")) old.remove();
  const toast = template.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
  if (!toast) return;
  toast.dataset.madeHere = "";
  list.append(toast);
}

export function listenForToasts(doc: Document): void {
  doc.addEventListener("click", (event) => {
    const button = (event.target as Element).closest("[data-dismiss]");
    button?.closest("[data-toast]")?.remove();
  });
}
