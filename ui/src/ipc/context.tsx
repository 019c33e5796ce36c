import { createContext, type ReactNode, use } from "react";
import type { Backend } from "./backend";

const BackendContext = createContext<Backend | null>(null);

/** Gives everything below it one backend. */
export function BackendProvider({ backend, children }: { backend: Backend; children: ReactNode }) {
  return <BackendContext value={backend}>{children}</BackendContext>;
}

/** The backend of this window. */
export function useBackend(): Backend {
  const backend = use(BackendContext);
  if (!backend) throw new Error("no BackendProvider above this component");
  return backend;
}
