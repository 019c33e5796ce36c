import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
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
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["./src/test/setup.ts"],
    restoreMocks: true,
  },
});
