import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** The fake backend is for tests, the audit and the dev server: a build that holds it is refused. */
const noFake: Plugin = {
  name: "hedgerow:no-fake",
  apply: ({ root }, { command }) => command === "build" && root === undefined,
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      const fake = chunk.type === "chunk" && chunk.moduleIds.find((id) => /\/ipc\/fake/.test(id));
      if (fake) this.error(`${fake} must not be in the app`);
    }
  },
};

export default defineConfig({
  plugins: [react(), noFake],
  // `tauri dev` waits for exactly this address.
  server: { port: 1420, strictPort: true },
  css: { modules: { localsConvention: "camelCaseOnly" } },
  build: {
    // WebKitGTK 2.42 and later, WebView2 and macOS 13 understand all of this.
    target: "safari16.4",
    // A `data:` script or style would need a hole in the CSP; there is nothing small enough to gain by it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The page is read from disk in one go: splitting it would gain nothing.
    chunkSizeWarningLimit: 900,
  },
  test: {
    environment: "happy-dom",
    env: { TZ: "UTC" },
    include: ["src/**/*.test.{ts,tsx}"],
    testTimeout: 30_000,
    setupFiles: ["./src/test/setup.ts"],
  },
});
