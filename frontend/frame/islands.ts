/**
 * Islands: script that is fetched only by a page that holds `data-island="name"`.
 *
 * `frontend/islands/<name>.ts` exports `mount(el, data)`; `data` is the JSON of the
 * `<script type="application/json">` directly inside the element, or null.
 */
export interface Island {
  mount(el: HTMLElement, data: unknown): void;
}

type Loaders = Record<string, () => Promise<Island>>;

const loaders = import.meta.glob<Island>("../islands/*.ts");

function dataOf(el: HTMLElement): unknown {
  const script = el.querySelector(':scope > script[type="application/json"]');
  return script?.textContent ? JSON.parse(script.textContent) : null;
}

async function mountOne(el: HTMLElement, from: Loaders): Promise<void> {
  const name = el.dataset.island;
  const load = from[`../islands/${name}.ts`];
  if (!load) throw new Error(`There is no island called ${name}.`);
  el.dataset.mounted = "";
  (await load()).mount(el, dataOf(el));
}

/** Mounts every island in `root` (itself included) that is not mounted yet. */
export async function mountIslands(root: HTMLElement, from: Loaders = loaders): Promise<void> {
  const unmounted = "[data-island]:not([data-mounted])";
  const found = [...root.querySelectorAll<HTMLElement>(unmounted)];
  if (root.matches(unmounted)) found.unshift(root);
  await Promise.all(found.map((el) => mountOne(el, from)));
}
