import { useTell } from "../../components/Toasts";
import type { CommandError, ServerRow } from "../../ipc/generated";
import { useCommand } from "../../ipc/queries";
import { refreshed } from "../../serverWords";

/** Something that runs on the server's page, and how it went. */
export interface Refresh {
  running: boolean;
  error: CommandError | null;
  start: () => void;
  forget: () => void;
}

/** Letting PostHog read one server again. `onFailed` is for a place that does not show the error itself. */
export function useRefresh(server: ServerRow, onFailed?: (error: CommandError) => void): Refresh {
  const tell = useTell();
  const refresh = useCommand("refresh_server", () => tell({ title: refreshed(server.name) }));
  const running = refresh.isPending || server.refreshing;
  return {
    running,
    error: running ? null : refresh.error,
    start: () => {
      if (!running) refresh.mutate({ server_id: server.id }, onFailed && { onError: onFailed });
    },
    forget: refresh.reset,
  };
}
