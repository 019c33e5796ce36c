import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import type { Backend } from "./ipc/backend";
import { tauriBackend } from "./ipc/tauri";

/** In the dev server, `?fake` shows the interface without a core. The condition keeps the fake out of every build. */
async function backend(): Promise<Backend> {
  if (import.meta.env.DEV && new URLSearchParams(location.search).has("fake")) {
    const { Fake } = await import("./ipc/fake");
    return new Fake({ delay: 400, now: Date.now() });
  }
  return tauriBackend;
}

const root = document.getElementById("root");
if (root) void backend().then((core) => createRoot(root).render(<App backend={core} />));
