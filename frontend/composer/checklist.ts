/** What is still missing, said while a person writes. */
import { picturesOf } from "./pictures";
import { typedIn } from "./typed";

type State = "done" | "missing" | "";

/** `tagsLinks`: the rule of the business adds UTM tags by itself. */
export function states(form: HTMLFormElement, tagsLinks: boolean): Record<string, State> {
  const is = (there: unknown): State => (there ? "done" : "missing");
  const pictures = picturesOf(form);
  const link = typedIn(form, "link").trim();
  return {
    text: is(typedIn(form, "text").trim()),
    channels: is(form.querySelector("input[name=channels]:checked")),
    due: is(typedIn(form, "due_date") && typedIn(form, "due_time")),
    pictures: is(pictures.length),
    alt: pictures.length ? is(pictures.every((each) => each.alt.trim())) : "",
    link: is(link),
    utm: link ? is(tagsLinks || /[?&]utm_source=/u.test(link)) : "",
    initiative: is(typedIn(form, "initiative")),
  };
}

export function mountChecklist(
  form: HTMLFormElement,
  el: HTMLElement,
  tagsLinks: boolean,
): () => void {
  const rows = [...form.querySelectorAll<HTMLElement>("[data-check]")];
  return () => {
    const now = states(form, tagsLinks);
    for (const row of rows) {
      const state = now[row.dataset.check ?? ""] ?? "";
      row.hidden = state === "";
      row.dataset.state = state;
      const said = row.querySelector("[data-check-said]");
      if (said) said.textContent = (state === "done" ? el.dataset.done : el.dataset.missing) ?? "";
    }
  };
}
