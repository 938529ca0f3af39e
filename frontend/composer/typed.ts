type Field = HTMLInputElement | HTMLTextAreaElement | null;

/** What stands in a field of the form; nothing where there is no such field. */
export function typedIn(form: HTMLFormElement, name: string): string {
  return (form.elements.namedItem(name) as Field)?.value ?? "";
}
