/**
 * Fields that somebody wrote in. What saves a form is loaded after the page, and a quick person
 * is quicker: it asks here what was written before it listened itself.
 */
const written = new WeakSet<EventTarget>();

export function listenForWriting(doc: Document): void {
  const note = (event: Event): void => {
    if (event.target) written.add(event.target);
  };
  for (const kind of ["input", "change"]) doc.addEventListener(kind, note, true);
}

export function isWritten(field: EventTarget): boolean {
  return written.has(field);
}
