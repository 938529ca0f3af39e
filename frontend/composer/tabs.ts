/** On a phone one of the two panes is shown; on a wide screen both are, whatever is pressed. */
export function mountTabs(form: HTMLFormElement): void {
  const tabs = [...form.querySelectorAll<HTMLElement>("[data-shows]")];
  const choose = (pane: string) => {
    form.dataset.pane = pane;
    for (const tab of tabs) {
      tab.setAttribute("aria-pressed", String(tab.dataset.shows === pane));
    }
  };
  for (const tab of tabs) tab.addEventListener("click", () => choose(tab.dataset.shows ?? "write"));
  // A link from the checklist leads to a field of the other pane.
  form.addEventListener("click", (event) => {
    if ((event.target as Element).closest('a[href^="#"]')) choose("write");
  });
  choose("write");
}
