/** Builds SVG sprites: one file of <symbol>s that pages point at with <use>. */

/** The drawing inside an SVG file, without its <svg> element, title and comments. */
export function drawing(svg: string): string {
  const inner = svg.match(/<svg[^>]*>([\s\S]*)<\/svg>/)?.[1];
  if (inner === undefined) throw new Error("not an SVG file");
  return inner
    .replace(/<title>[\s\S]*?<\/title>/g, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/>\s+</g, "><")
    .trim();
}

export function sprite(drawings: ReadonlyMap<string, string>): string {
  const symbols = [...drawings].map(
    ([name, svg]) => `<symbol id="${name}" viewBox="0 0 24 24">${drawing(svg)}</symbol>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}
