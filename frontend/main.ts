/** What every page loads: HTMX and the small manners of the frame. */
import "./styles.css";
import "htmx.org";
import { listenForCopying } from "./frame/copying";
import { listenForDialogs } from "./frame/dialogs";
import { mountIslands } from "./frame/islands";
import { listenForSidebar, listenForTheme } from "./frame/look";
import { listenForMenus } from "./frame/menus";
import { listenForPrinting } from "./frame/printing";
import { listenForRequests } from "./frame/requests";
import { listenForStarting } from "./frame/starting";
import { listenForToasts } from "./frame/toasts";
import { listenForWriting } from "./frame/writing";

listenForWriting(document);
listenForTheme(document);
listenForSidebar(document);
listenForMenus(document);
listenForDialogs(document);
listenForCopying(document);
listenForStarting(document);
listenForPrinting(document);
listenForToasts(document);
listenForRequests(document);

async function mountAll(root: HTMLElement): Promise<void> {
  mountIslands(root);
  if (!root.querySelector("form[data-autosave]")) return;
  (await import("./autosave")).mountAutosave(root);
}

mountAll(document.body);
document.addEventListener("htmx:load", (event) => mountAll(event.target as HTMLElement));
