/** Theme and sidebar: chosen here, applied before the first paint by theme.js. */
import { keep } from "./keep";

const THEMES: Record<string, string> = { light: "waypost", dark: "waypost-dark" };

export function currentTheme(root: HTMLElement): string {
  const entry = Object.entries(THEMES).find(([, theme]) => theme === root.dataset.theme);
  return entry?.[0] ?? "system";
}

export function chooseTheme(root: HTMLElement, choice: string): void {
  const theme = THEMES[choice];
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  keep("theme", theme ? choice : null);
}

function showChoice(doc: Document): void {
  const current = currentTheme(doc.documentElement);
  for (const button of doc.querySelectorAll<HTMLElement>("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === current));
  }
}

export function listenForTheme(doc: Document): void {
  showChoice(doc);
  doc.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-theme-choice]");
    if (!button?.dataset.themeChoice) return;
    chooseTheme(doc.documentElement, button.dataset.themeChoice);
    showChoice(doc);
  });
}

function showFolding(doc: Document): void {
  const folded = doc.documentElement.dataset.sidebar === "folded";
  for (const button of doc.querySelectorAll("[data-fold-sidebar]")) {
    button.setAttribute("aria-expanded", String(!folded));
  }
}

export function listenForSidebar(doc: Document): void {
  showFolding(doc);
  doc.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-fold-sidebar]")) return;
    const root = doc.documentElement;
    if (root.dataset.sidebar) delete root.dataset.sidebar;
    else root.dataset.sidebar = "folded";
    keep("sidebar", root.dataset.sidebar ?? null);
    showFolding(doc);
  });
}
