import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vitest/config";
import { asItIs, compressedCopies, spriteFrom } from "./frontend/bundle/plugins.ts";

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [
    tailwindcss(),
    spriteFrom("frontend/icons.json", "node_modules/lucide-static/icons"),
    spriteFrom("frontend/marks.json", "node_modules/simple-icons/icons"),
    asItIs("frontend/theme.js"),
    asItIs("frontend/favicon.svg"),
    compressedCopies(),
  ],
  build: {
    outDir: "waypost/static/dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ["chrome111", "firefox128", "safari16.4"],
    rollupOptions: {
      input: "frontend/main.ts",
      checks: { eval: false }, // htmx has one, which our allowEval:false and the CSP keep shut
    },
  },
  test: {
    environment: "happy-dom",
    include: ["frontend/tests/**/*.test.ts"],
  },
});
