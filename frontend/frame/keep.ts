/** Small choices kept in this browser; a browser that keeps nothing still works. */
export function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // storage is switched off: the choice holds until the page is left
  }
}
