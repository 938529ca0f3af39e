/**
 * `data-opens="id"` opens the <dialog>, `data-closes` closes the one around it.
 * What HTMX puts into the drawer opens the drawer.
 */
function dialogFor(el: Element, doc: Document): HTMLDialogElement | null {
  const id = el.closest<HTMLElement>("[data-opens]")?.dataset.opens;
  return id ? (doc.getElementById(id) as HTMLDialogElement | null) : null;
}

export function listenForDialogs(doc: Document): void {
  doc.addEventListener("click", (event) => {
    const target = event.target as Element;
    const opened = dialogFor(target, doc);
    if (opened) {
      event.preventDefault();
      opened.showModal();
    }
    const outside = target instanceof HTMLDialogElement && target.dataset.sheet !== undefined;
    if (outside || target.closest("[data-closes]")) target.closest("dialog")?.close();
  });
  doc.addEventListener("htmx:afterSwap", (event) => {
    const dialog = (event.target as Element).closest<HTMLDialogElement>("dialog[data-sheet]");
    if (dialog && !dialog.open) dialog.showModal();
  });
}
