import { useTell } from "../../components/Toasts";
import type { CommandError, ServerRow } from "../../ipc/generated";
import { switchedWords } from "../../manageWords";
import { useManage } from "./useManage";
import type { Refresh } from "./useRefresh";

/** Turning a server on: nothing is lost by it, so it asks nothing. `onFailed` as for a refresh. */
export function useTurnOn(server: ServerRow, onFailed?: (error: CommandError) => void): Refresh {
  const tell = useTell();
  const change = useManage("change_server", (now) => {
    if (now) tell({ title: switchedWords(now, true) });
  });
  return {
    running: change.isPending,
    error: change.error,
    start: () => {
      if (!change.isPending)
        change.mutate(
          { server_id: server.id, name: null, description: null, enabled: true },
          onFailed && { onError: onFailed },
        );
    },
    forget: change.reset,
  };
}
