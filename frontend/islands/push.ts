/** The button that lets this browser show notices: asks for leave, then sends the form. */
const WORKER = "/notices-worker.js";

export async function mount(el: HTMLElement, key: string): Promise<void> {
  const form = el as HTMLFormElement;
  const button = form.querySelector<HTMLButtonElement>("[data-allow]");
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) {
    reveal(form, "[data-unable]");
    button?.setAttribute("disabled", "");
    return;
  }
  button?.addEventListener("click", () => allow(form, key));
}

async function allow(form: HTMLFormElement, key: string): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") {
    reveal(form, "[data-denied]");
    return;
  }
  try {
    const keeper = await navigator.serviceWorker.register(WORKER);
    await navigator.serviceWorker.ready;
    const known = await keeper.pushManager.getSubscription();
    if (known) await known.unsubscribe();
    const made = await keeper.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytes(key),
    });
    fill(form, made.toJSON());
    form.submit();
  } catch {
    reveal(form, "[data-unable]");
  }
}

export function fill(form: HTMLFormElement, made: PushSubscriptionJSON): void {
  const values: Record<string, string> = {
    endpoint: made.endpoint ?? "",
    p256dh: made.keys?.p256dh ?? "",
    auth: made.keys?.auth ?? "",
    name: deviceName(navigator.userAgent),
  };
  for (const [name, value] of Object.entries(values)) {
    const input = form.elements.namedItem(name);
    if (input instanceof HTMLInputElement) input.value = value;
  }
}

/** "Firefox, Android": enough to tell one's devices apart. */
export function deviceName(agent: string): string {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)/u.exec(agent)?.[1] ?? "";
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|Linux)/u.exec(agent)?.[1] ?? "";
  const names: Record<string, string> = { Edg: "Edge", OPR: "Opera", "Mac OS X": "Mac" };
  return [browser, system]
    .filter(Boolean)
    .map((word) => names[word] ?? word)
    .join(", ");
}

/** Base64 for addresses → bytes. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
  const padded = `${text.replaceAll("-", "+").replaceAll("_", "/")}${"=".repeat((4 - (text.length % 4)) % 4)}`;
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
}

function reveal(form: HTMLFormElement, selector: string): void {
  form.querySelector<HTMLElement>(selector)?.removeAttribute("hidden");
}
