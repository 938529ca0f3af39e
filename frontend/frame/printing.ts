/** A button that prints the page; without script there is the browser's own menu. */
export function listenForPrinting(root: Document): void {
  root.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-print]")) window.print();
  });
}
