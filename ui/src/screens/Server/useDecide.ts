import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTell } from "../../components/Toasts";
import { errorWords } from "../../errors";
import { useBackend } from "../../ipc/context";
import type { CommandError, Decide, DecisionResult, ToolDetail } from "../../ipc/generated";
import { keys } from "../../ipc/queries";
import { decisionWords, outcomeWords, stateWord } from "../../words";

/** Deciding about the tool on screen. What happens after the pane has gone is said in a toast. */
export function useDecide(server_id: string, label: string) {
  const backend = useBackend();
  const client = useQueryClient();
  const tell = useTell();
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return useMutation<DecisionResult, CommandError, Decide>({
    mutationFn: (args) => backend.call("decide", args),
    onSuccess: ({ row, outcome }, { tool, decision }) => {
      // The answer is the whole tool: it is on screen before anything is read again.
      client.setQueryData<ToolDetail>(keys.tool(server_id, tool), (detail) =>
        detail && outcome !== "definition_changed" ? { ...detail, row } : detail,
      );
      void client.invalidateQueries({ queryKey: keys.toolsOf(server_id) });
      void client.invalidateQueries({ queryKey: keys.servers });
      if (!here.current && outcome !== "as_asked") {
        tell({ title: label, text: outcomeWords[outcome](stateWord(row.state), decisionWords[decision].is) });
      }
    },
    onError: (error) => {
      if (!here.current)
        tell({ title: `${label}: ${errorWords(error).title}`, text: errorWords(error).next });
      void client.invalidateQueries({ queryKey: keys.toolsOf(server_id) });
    },
  });
}
