/** Menus are <details>; script only closes them when the person is done with them. */
const OPEN = "details[data-menu][open]";

function close(menu: HTMLDetailsElement, refocus: boolean): void {
  menu.open = false;
  if (refocus) menu.querySelector("summary")?.focus();
}

export function listenForMenus(doc: Document): void {
  doc.addEventListener("click", (event) => {
    for (const menu of doc.querySelectorAll<HTMLDetailsElement>(OPEN)) {
      if (!menu.contains(event.target as Node)) close(menu, false);
    }
  });
  doc.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of doc.querySelectorAll<HTMLDetailsElement>(OPEN)) {
      close(menu, menu.contains(doc.activeElement));
    }
  });
}
