/** Emoji and saved texts go where the person wrote last. */
export interface Variables {
  /** The same for every post: business, date. */
  fixed: Record<string, string>;
  /** By name of a field and value chosen there: product → {product, price}. */
  chosen: Record<string, Record<string, Record<string, string>>>;
}

type Words = HTMLTextAreaElement;

/** `{product}` becomes what is chosen; a name that nothing is known of stays to be seen. */
export function filled(text: string, form: HTMLFormElement, variables: Variables): string {
  const known = { ...variables.fixed };
  for (const [field, values] of Object.entries(variables.chosen)) {
    const control = form.elements.namedItem(field) as HTMLSelectElement | null;
    Object.assign(known, values[control?.value ?? ""] ?? {});
  }
  return text.replace(/\{(\w+)\}/gu, (all, name: string) => known[name] || all);
}

export function insert(control: Words, text: string): void {
  const { selectionStart: start, selectionEnd: end, value } = control;
  const before = value.slice(0, start);
  const gap = text.length > 4 && before && !/\s$/u.test(before) ? " " : "";
  control.setRangeText(gap + text, start, end, "end");
  control.dispatchEvent(new Event("input", { bubbles: true }));
}

function moveAmong(buttons: HTMLElement[], event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
  if (step === undefined) return;
  const open = buttons.filter((each) => !each.hidden);
  const now = open.indexOf(document.activeElement as HTMLElement);
  open[Math.min(Math.max(now + step, 0), open.length - 1)]?.focus();
  event.preventDefault();
}

export function mountInserting(form: HTMLFormElement, variables: Variables): void {
  let last = form.elements.namedItem("text") as Words;
  form.addEventListener("focusin", (event) => {
    if (event.target instanceof HTMLTextAreaElement) last = event.target;
  });
  const dialogs = document.querySelectorAll<HTMLDialogElement>("#emoji, #saved-texts");
  for (const dialog of dialogs) {
    dialog.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-emoji], [data-insert]");
      if (!button) return;
      const { emoji, insert: text } = button.dataset;
      dialog.close();
      last.focus();
      insert(last, emoji ?? filled(text ?? "", form, variables));
    });
  }
  const signs = [...document.querySelectorAll<HTMLElement>("[data-emoji]")];
  const search = document.querySelector<HTMLInputElement>("#emoji-search");
  search?.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    for (const each of signs) each.hidden = !(each.dataset.names ?? "").includes(wanted);
  });
  search?.addEventListener("keydown", (event) => {
    const first = signs.find((each) => !each.hidden);
    if (event.key === "Enter") {
      event.preventDefault();
      first?.click();
    } else if (event.key === "ArrowDown") first?.focus();
  });
  for (const each of signs) each.addEventListener("keydown", (event) => moveAmong(signs, event));
}
