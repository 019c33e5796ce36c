import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useBackend } from "../../ipc/context";
import type { CommandError, Commands, ServerRow } from "../../ipc/generated";
import { keys } from "../../ipc/queries";

type Managing = "change_server" | "share_server" | "remove_server";

/** Changing a server. `onAnswered` gets the server as PostHog answered it, or nothing when it is gone. */
export function useManage<K extends Managing>(
  name: K,
  onAnswered: (server: ServerRow | undefined, asked: Commands[K][0]) => void,
) {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation<ServerRow | undefined, CommandError, Commands[K][0]>({
    mutationFn: async (asked) => {
      await backend.call(name, asked);
      const view = await backend.call("list_servers", {});
      client.setQueryData(keys.servers, view);
      return view.servers.find(({ id }) => id === asked.server_id);
    },
    onSuccess: onAnswered,
  });
}
