/** What Waypost adds to Vite: icon sprites, files kept as they are, compressed copies. */
import { readFileSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { sprite } from "./sprite.ts";

/** A sprite of the drawings named in `list`, under that name in the manifest. */
export function spriteFrom(list: string, folder: string): Plugin {
  return {
    name: `waypost-sprite:${list}`,
    buildStart() {
      const names = JSON.parse(readFileSync(list, "utf8")) as string[];
      const drawings = new Map(
        names.map((name) => [name, readFileSync(join(folder, `${name}.svg`), "utf8")]),
      );
      this.addWatchFile(resolve(list));
      this.emitFile({
        type: "asset",
        name: `${basename(list, ".json")}.svg`,
        originalFileName: list,
        source: sprite(drawings),
      });
    },
  };
}

/** A file that is served as it stands (a classic script must not become a module). */
export function asItIs(path: string): Plugin {
  return {
    name: `waypost-file:${path}`,
    buildStart() {
      this.addWatchFile(resolve(path));
      this.emitFile({
        type: "asset",
        name: basename(path),
        originalFileName: path,
        source: readFileSync(path, "utf8"),
      });
    },
  };
}

const WORTH_COMPRESSING = /\.(js|css|svg)$/;

/** `.gz` and `.br` beside each text file, which the web server sends to those who take them. */
export function compressedCopies(): Plugin {
  let folder = "";
  return {
    name: "waypost-compressed-copies",
    apply: "build",
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    async closeBundle() {
      const names = await readdir(folder, { recursive: true });
      for (const name of names.filter((each) => WORTH_COMPRESSING.test(each))) {
        const path = join(folder, name);
        const text = await readFile(path);
        await writeFile(`${path}.gz`, gzipSync(text, { level: 9 }));
        await writeFile(`${path}.br`, brotliCompressSync(text, brotli(text.length)));
      }
    },
  };
}

function brotli(size: number): { params: Record<number, number> } {
  return {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: size,
    },
  };
}
