/** Values of form controls by name, always as a list: several boxes share one name. */
export type Values = Record<string, string[]>;
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const WAS = "was-";

/** Names of the fields that stand with a fingerprint in the form. */
export function carefulNames(form: HTMLFormElement): string[] {
  const hidden = form.querySelectorAll<HTMLInputElement>(`input[type=hidden][name^="${WAS}"]`);
  return [...hidden].map((each) => each.name.slice(WAS.length));
}

export function wasOf(form: HTMLFormElement, name: string): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>(`input[name="${CSS.escape(WAS + name)}"]`);
}

export function controls(form: HTMLFormElement, name: string): Control[] {
  return [...form.elements].filter((each) => (each as Control).name === name) as Control[];
}

export function entriesOf(form: HTMLFormElement): [string, string][] {
  return [...new FormData(form)].flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value.replace(/\r\n?/gu, "\n")] as [string, string]] : [],
  );
}

export function read(form: HTMLFormElement, name: string): string[] {
  return entriesOf(form).flatMap(([each, value]) => (each === name ? [value] : []));
}

export function same(one: string[] | undefined, other: string[] | undefined): boolean {
  return JSON.stringify(one ?? []) === JSON.stringify(other ?? []);
}

function isBox(control: Control): control is HTMLInputElement {
  return control instanceof HTMLInputElement && ["checkbox", "radio"].includes(control.type);
}

/** Shows `values` in the controls called `name`, as if the person had put them there. */
export function write(form: HTMLFormElement, name: string, values: string[]): void {
  for (const control of controls(form, name)) {
    if (isBox(control)) control.checked = values.includes(control.value);
    else if (control instanceof HTMLSelectElement) {
      for (const option of control.options) option.selected = values.includes(option.value);
    } else control.value = values[0] ?? "";
  }
}

/** The same values in words: what stands beside a box or in a list rather than its key. */
export function inWords(form: HTMLFormElement, name: string, values: string[]): string {
  const all = controls(form, name);
  const words = all.flatMap((control) => {
    if (isBox(control) && values.includes(control.value))
      return [control.labels?.[0]?.textContent?.trim() ?? control.value];
    if (control instanceof HTMLSelectElement)
      return [...control.options].filter((each) => values.includes(each.value)).map((o) => o.text);
    return [];
  });
  const chosen = all.some((control) => isBox(control) || control instanceof HTMLSelectElement);
  return chosen ? words.join(", ") : (values[0] ?? "");
}
