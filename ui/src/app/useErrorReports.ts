import { useEffect } from "react";
import type { Backend } from "../ipc/backend";
import { useBackend } from "../ipc/context";

/** Longest report the core keeps. */
const MAX_REPORT = 2000;

/** Writes an error of the page to the core's log. There is nowhere to tell it when even that fails. */
export function report(backend: Backend, error: unknown): void {
  const text =
    error instanceof Error ? `${error.name}: ${error.message}\n${error.stack ?? ""}` : String(error);
  backend.call("report_ui_error", { message: text.slice(0, MAX_REPORT) }).catch(() => undefined);
}

/** Reports what no component caught. */
export function useErrorReports(): void {
  const backend = useBackend();
  useEffect(() => {
    const onError = (event: ErrorEvent) => report(backend, event.error ?? event.message);
    const onRejection = (event: PromiseRejectionEvent) => report(backend, event.reason);
    window.addEventListener("error", onError);
    window.addEventListener("unhandledrejection", onRejection);
    return () => {
      window.removeEventListener("error", onError);
      window.removeEventListener("unhandledrejection", onRejection);
    };
  }, [backend]);
}
