/**
 * A passkey: made (`data-mode="add"`), used as second step ("use"), or used to sign in ("login").
 * The server's half is django-allauth; values travel as base64 for addresses.
 */
type Json = Record<string, unknown>;

export async function mount(el: HTMLElement, data: Json | null): Promise<void> {
  const form = el as HTMLFormElement;
  const button = form.querySelector<HTMLButtonElement>("[data-passkey]");
  if (!window.PublicKeyCredential) {
    fail(form);
    button?.setAttribute("disabled", "");
    return;
  }
  button?.addEventListener("click", async () => {
    try {
      await run(form, data);
    } catch {
      fail(form);
    }
  });
}

async function run(form: HTMLFormElement, data: Json | null): Promise<void> {
  const made =
    form.dataset.mode === "add"
      ? await navigator.credentials.create(creation(form, data as Json))
      : await navigator.credentials.get(request(data ?? (await ask(form))));
  const input = form.elements.namedItem("credential") as HTMLInputElement;
  input.value = JSON.stringify(plain(made as PublicKeyCredential));
  form.submit();
}

async function ask(form: HTMLFormElement): Promise<Json> {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json()) as Json;
}

function creation(form: HTMLFormElement, data: Json): CredentialCreationOptions {
  const said = structuredClone((data.creation_options as Json).publicKey) as Json;
  const alone = form.elements.namedItem("passwordless");
  const isAlone = alone instanceof HTMLInputElement && alone.checked;
  said.authenticatorSelection = {
    ...(said.authenticatorSelection as Json),
    residentKey: isAlone ? "required" : "discouraged",
    requireResidentKey: isAlone,
    ...(isAlone ? { userVerification: "required" } : {}),
  };
  const user = said.user as Json;
  user.id = bytes(user.id as string);
  said.challenge = bytes(said.challenge as string);
  said.excludeCredentials = described(said.excludeCredentials);
  return { publicKey: said as unknown as PublicKeyCredentialCreationOptions };
}

function request(data: Json): CredentialRequestOptions {
  const said = structuredClone((data.request_options as Json).publicKey) as Json;
  said.challenge = bytes(said.challenge as string);
  said.allowCredentials = described(said.allowCredentials);
  return { publicKey: said as unknown as PublicKeyCredentialRequestOptions };
}

function described(list: unknown): Json[] {
  return ((list as Json[] | undefined) ?? []).map((each) => ({
    ...each,
    id: bytes(each.id as string),
  }));
}

/** What the browser answered, with its bytes as text. */
function plain(made: PublicKeyCredential): Json {
  const said = made.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature"] as const;
  const response: Json = {};
  for (const part of parts) if (said[part]) response[part] = text(said[part]);
  if (said.userHandle) response.userHandle = text(said.userHandle);
  if (said.getTransports) response.transports = said.getTransports();
  return {
    type: made.type,
    id: made.id,
    rawId: text(made.rawId),
    response,
    clientExtensionResults: made.getClientExtensionResults(),
  };
}

export function bytes(said: string): Uint8Array<ArrayBuffer> {
  const whole = `${said.replaceAll("-", "+").replaceAll("_", "/")}${"=".repeat((4 - (said.length % 4)) % 4)}`;
  return Uint8Array.from(atob(whole), (letter) => letter.charCodeAt(0));
}

export function text(data: ArrayBuffer): string {
  const letters = Array.from(new Uint8Array(data), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fail(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>("[data-failed]")?.removeAttribute("hidden");
}
