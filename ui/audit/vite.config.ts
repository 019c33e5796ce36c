import { fileURLToPath } from "node:url";
import { mergeConfig } from "vite";
import base from "../vite.config.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The interface on its fake, for the audit only: another page, another folder, never shipped. */
export default mergeConfig(base, {
  root: here("."),
  build: { outDir: here("../.audit"), emptyOutDir: true, rolldownOptions: { input: here("audit.html") } },
});
