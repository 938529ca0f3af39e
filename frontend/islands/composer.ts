/**
 * Beside the text: how the post will look on each channel, what is wrong with it, and what is
 * still missing. All of it is computed here, so that typing never waits for the server.
 */
import { mountChecklist } from "../composer/checklist";
import { mountInserting, type Variables } from "../composer/inserting";
import { type Channel, Preview, type Words } from "../composer/preview";
import { mountTabs } from "../composer/tabs";

interface Data {
  channels: Channel[];
  variables: Variables;
  tags_links: boolean;
}

function begin(form: HTMLFormElement): void {
  const key = form.querySelector<HTMLInputElement>("[name=key]")?.value;
  if (!key || !location.pathname.endsWith("/new/")) return;
  // Coming back to this address finds what was begun here.
  form.addEventListener(
    "input",
    () => history.replaceState(null, "", `${location.pathname}?key=${key}`),
    { once: true },
  );
}

export function mount(el: HTMLElement, data: unknown): void {
  const form = el.closest("form");
  if (!form) return;
  const { channels, variables, tags_links } = data as Data;
  const words = { ...el.dataset } as unknown as Words;
  const previews = channels.map((channel) => new Preview(form, channel, words));
  const check = mountChecklist(form, el, tags_links);
  const none = form.querySelector<HTMLElement>("[data-no-channel]");
  const show = () => {
    for (const preview of previews) preview.show();
    if (none) none.hidden = previews.some((preview) => preview.isChosen);
    check();
  };
  let waiting = 0;
  const soon = () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(show);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    if (event.ctrlKey || event.metaKey) form.requestSubmit();
    // The search stands within the form; Enter there looks for files and sends nothing.
    else if ((event.target as Element).matches("[data-no-enter]")) event.preventDefault();
  });
  mountInserting(form, variables);
  mountTabs(form);
  begin(form);
  show();
}
