import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The fonts travel with their licence. */
const fontLicence: Plugin = {
  name: "font-licence",
  generateBundle() {
    for (const font of ["noto-naskh-arabic", "noto-nastaliq-urdu"]) {
      this.emitFile({
        type: "asset",
        fileName: `${font}-LICENSE.txt`,
        source: readFileSync(at(`../node_modules/@fontsource/${font}/LICENSE`)),
      });
    }
  },
};

export default defineConfig({
  root: at("."),
  base: "./",
  publicDir: false,
  plugins: [fontLicence],
  build: {
    outDir: at("../src/rabta/desk/frame/static/built"),
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    // The policy of our pages allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: at("rabta.ts"),
      output: {
        entryFileNames: "[name]-[hash:8].js",
        chunkFileNames: "[name]-[hash:8].js",
        assetFileNames: "[name]-[hash:8][extname]",
      },
    },
  },
});
