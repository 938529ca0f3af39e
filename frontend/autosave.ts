/**
 * Forms that save themselves: `<form data-autosave="<user>">`, drawn by `<c-careful>`.
 *
 * While a person types, the text is kept in this browser at once and sent to the form's own
 * address soon after. The server merges (waypost/kit/careful); this side says what became of
 * it, and never puts anything over what the person has typed since.
 */

import { Drafts, forgetOld } from "./autosave/drafts";
import { type Outcome, Saver, type Trouble } from "./autosave/saver";
import { type Answer, csrfToken, post } from "./autosave/sending";
import { Teller } from "./autosave/telling";
import {
  carefulNames,
  entriesOf,
  inWords,
  read,
  same,
  type Values,
  wasOf,
  write,
} from "./autosave/values";
import { isWritten } from "./frame/writing";

interface Shot {
  entries: [string, string][];
  values: Values;
}

/** A storage that cannot even be touched counts as none. */
function storageOf(win: Window): Storage | null {
  try {
    return win.localStorage;
  } catch {
    return null;
  }
}

class AutosavedForm {
  readonly form: HTMLFormElement;
  readonly #names: string[];
  readonly #drafts: Drafts;
  readonly #tell: Teller;
  readonly #saver: Saver<Shot, Answer>;
  readonly #asked: Values; // what the server was last asked to save and answered to
  readonly #touched = new Set<string>();
  readonly #unkept = new Set<string>(); // typed, and this browser could not keep it
  readonly #offers = new Map<string, HTMLElement>();
  #choice: [string, string] | null = null;
  #passing = false;
  /** What is unfinished would do harm: it is kept here, and a person saves it by the button. */
  readonly #byHand: boolean;

  constructor(form: HTMLFormElement) {
    this.form = form;
    this.#byHand = form.dataset.byHand === "yes";
    this.#names = carefulNames(form);
    const storage = storageOf(window);
    forgetOld(storage, Date.now());
    const path = new URL(form.action, location.href).pathname;
    this.#drafts = new Drafts(storage, form.dataset.autosave ?? "", path);
    this.#tell = new Teller(form);
    this.#asked = this.#values();
    this.#saver = new Saver<Shot, Answer>({
      unsaved: () => this.#choice !== null || this.changed().length > 0,
      take: () => this.#take(),
      send: (shot) => this.#send(shot),
      took: (shot, answer) => this.#took(shot, answer),
      say: (state) => this.#say(state),
    });
    for (const name of this.#names) this.#offer(name);
    this.#listen();
    for (const name of this.#early()) {
      this.#asked[name] = []; // the server has not seen it
      this.#edited(name);
    }
  }

  /** Fields that were written in before this form listened. */
  #early(): string[] {
    const fields = [...this.form.elements] as HTMLInputElement[];
    const found = new Set(fields.filter(isWritten).map((field) => field.name));
    return this.#names.filter((name) => found.has(name));
  }

  /** Fields with something the server was not asked to save. */
  changed(): string[] {
    const now = this.#values();
    return this.#names.filter((name) => !same(now[name], this.#asked[name]));
  }

  #values(): Values {
    const found: Values = Object.fromEntries(this.#names.map((name) => [name, []]));
    for (const [name, value] of entriesOf(this.form)) found[name]?.push(value);
    return found;
  }

  #take(): Shot {
    const choice = this.#choice;
    this.#choice = null;
    const chosen: [string, string][] = choice ? [[`choose-${choice[0]}`, choice[1]]] : [];
    return { entries: [...entriesOf(this.form), ...chosen], values: this.#values() };
  }

  #send(shot: Shot): Promise<Outcome<Answer>> {
    return post(this.form.action, shot.entries, document);
  }

  #took(shot: Shot, answer: Answer): void {
    for (const name of this.#names) this.#settle(name, shot.values[name] ?? [], answer);
    this.#tellOutcome(answer);
  }

  #settle(name: string, sent: string[], answer: Answer): void {
    this.#asked[name] = sent;
    const errors = answer.errors[name] ?? [];
    if (this.#touched.has(name)) this.#tell.showErrors(name, errors);
    this.#tell.showClash(name, answer.clashes[name]);
    const was = answer.was[name];
    if (was === undefined) return; // not saved: the draft stays
    const untouched = same(read(this.form, name), sent);
    const others = answer.values[name];
    // Another person's text that this one has not been shown must not count as seen.
    if (others && !untouched && !answer.written.includes(name)) return;
    const hidden = wasOf(this.form, name);
    if (hidden) hidden.value = was;
    if (!untouched) {
      this.#keep(name);
      return;
    }
    if (others) {
      write(this.form, name, others);
      this.#asked[name] = others;
    }
    this.#unkept.delete(name);
    // Only what was typed here: another tab may have a draft of its own.
    if (this.#touched.has(name) && !this.#offers.has(name)) this.#drafts.drop(name);
  }

  #tellOutcome(answer: Answer): void {
    const whole = answer.errors[""]?.[0];
    const wrong = this.#names.find((name) => answer.errors[name] && this.#touched.has(name));
    if (whole) this.#tell.notSaved(whole);
    else if (wrong) this.#tell.notSaved(`${this.#tell.label(wrong)}: ${answer.errors[wrong]?.[0]}`);
    else if (Object.keys(answer.clashes).length) this.#tell.notSaved(this.#tell.word("clashing"));
    else this.#tell.say("saved", answer.said);
  }

  #say(state: "saving" | Trouble): void {
    if (state === "saving") this.#tell.say(state, this.#tell.word("saving"));
    else if (state === "offline")
      this.#tell.say(state, this.#tell.word(this.#unkept.size ? "unkept" : "kept"));
    else if (state === "signed-out") this.#tell.say(state, this.#tell.word("signIn"));
    else this.#tell.notSaved(this.#tell.word(state));
  }

  #keep(name: string): void {
    // An offered draft is older text that is not decided on: it must not be written over.
    const kept =
      !this.#offers.has(name) &&
      this.#drafts.put(name, read(this.form, name), wasOf(this.form, name)?.value ?? "");
    if (kept) this.#unkept.delete(name);
    else this.#unkept.add(name);
  }

  #offer(name: string): void {
    const draft = this.#drafts.get(name);
    if (!draft) return;
    const here = this.#values()[name] ?? [];
    if (same(draft.values, here)) {
      if (!this.#tell.isUnsettled(name)) this.#drafts.drop(name);
      return;
    }
    const changed = draft.was !== wasOf(this.form, name)?.value;
    const theirs = changed ? inWords(this.form, name, here) : null;
    const shown = this.#tell.offer(name, inWords(this.form, name, draft.values), theirs);
    if (!shown) return;
    this.#offers.set(name, shown);
    shown.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-use], [data-drop]");
      if (!button) return;
      this.#closeOffer(name);
      if (button.dataset.use !== undefined) {
        write(this.form, name, draft.values);
        this.#edited(name);
        if (!this.#byHand) void this.#saver.flush();
      }
    });
  }

  #closeOffer(name: string): void {
    this.#offers.get(name)?.remove();
    this.#offers.delete(name);
    this.#drafts.drop(name);
    if (this.#unkept.has(name)) this.#keep(name);
  }

  #edited(name: string): void {
    this.#touched.add(name);
    this.#keep(name);
    if (!this.#byHand) this.#saver.changed();
  }

  #listen(): void {
    const { form } = this;
    const typed = (event: Event): void => {
      const { name } = event.target as HTMLInputElement;
      if (this.#names.includes(name) && this.changed().includes(name)) this.#edited(name);
    };
    form.addEventListener("input", typed);
    form.addEventListener("change", typed);
    form.addEventListener("focusout", () => this.#flushIfChanged());
    form.addEventListener("submit", (event) => this.#submit(event));
    window.addEventListener("online", () => this.#saver.again());
    window.addEventListener("pagehide", () => this.#flushIfChanged());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.#flushIfChanged();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.#flushIfChanged();
      else this.#saver.again();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.#atRisk()) event.preventDefault();
    });
  }

  /** Something is unsaved, and this browser does not keep it either. */
  #atRisk(): boolean {
    const open = this.#saver.isWaiting ? this.#names : this.changed();
    return !this.#passing && open.some((name) => this.#unkept.has(name));
  }

  #flushIfChanged(): void {
    if (!this.#byHand && this.form.isConnected && this.changed().length) void this.#saver.flush();
  }

  #submit(event: SubmitEvent): void {
    const button = event.submitter as HTMLButtonElement | null;
    if (button?.name.startsWith("choose-")) {
      event.preventDefault();
      this.#choice = [button.name.slice("choose-".length), button.value];
      void this.#saver.flush();
      return;
    }
    if (this.#passing || this.#byHand) {
      this.#passing = true; // the form is on its way, so nothing is at risk by leaving
      return;
    }
    event.preventDefault();
    // A browser ignores a second submit for as long as this one is being told to listeners.
    void this.#saver.flush().then((answered) => {
      if (answered) setTimeout(() => this.#pass(button));
    });
  }

  /** All is saved: the form goes its usual way, with a token that is right by now. */
  #pass(button: HTMLButtonElement | null): void {
    const token = csrfToken(document);
    const field = this.form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]");
    if (field && token) field.value = token;
    this.#passing = true;
    this.form.requestSubmit(button);
    this.#passing = false;
  }
}

export function mountAutosave(root: ParentNode): void {
  const open = "form[data-autosave]:not([data-autosaved])";
  for (const form of root.querySelectorAll<HTMLFormElement>(open)) {
    form.dataset.autosaved = "";
    new AutosavedForm(form);
  }
}
