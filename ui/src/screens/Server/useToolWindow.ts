import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { useBackend } from "../../ipc/context";
import type { CommandError, ListTools, ToolFilter, ToolRow } from "../../ipc/generated";
import { commandQuery, keys } from "../../ipc/queries";

/** Rows asked for at once; the core gives at most 200. */
const PAGE = 100;

export interface ToolWindow {
  /** Rows that match in all; null until that is known. */
  total: number | null;
  /** The row at an index, once it is here. */
  row: (index: number) => ToolRow | undefined;
  /** What is shown still belongs to the search or filter before. */
  stale: boolean;
  error: CommandError | null;
  retry: () => void;
  /** Says which rows are on screen and which is the active one, so that they are fetched. */
  look: (first: number, last: number, active: number) => void;
}

/** A server's tools as a long list of which only the pages on screen are here. */
export function useToolWindow(server_id: string, search: string, filter: ToolFilter): ToolWindow {
  const backend = useBackend();
  const [seen, setSeen] = useState<readonly [number, number, number]>([0, 0, 0]);
  const [from, to, active] = seen;
  // The first page is always asked for: it knows the total.
  const pages = [...new Set([0, active, ...Array.from({ length: to - from + 1 }, (_, i) => from + i)])];
  const results = useQueries({
    queries: pages.map((page) => {
      const ask: ListTools = { server_id, search, filter, offset: page * PAGE, limit: PAGE };
      return {
        ...commandQuery(backend, keys.toolPage(ask), "list_tools", ask),
        // Keeping the old answer on later pages would show rows at places that are not theirs.
        ...(page === 0 && { placeholderData: keepPreviousData }),
      };
    }),
  });
  const first = results[0];
  const look = useCallback((top: number, bottom: number, current: number) => {
    const next = [top, Math.max(top, bottom), current].map((index) => Math.floor(index / PAGE)) as [
      number,
      number,
      number,
    ];
    setSeen((last) => (last.every((page, i) => page === next[i]) ? last : next));
  }, []);
  return {
    total: first?.data?.total ?? null,
    row: (index) => results[pages.indexOf(Math.floor(index / PAGE))]?.data?.rows[index % PAGE],
    stale: first?.isPlaceholderData ?? false,
    error: results.find(({ error }) => error)?.error ?? null,
    retry: () => {
      for (const result of results) if (result.error) void result.refetch();
    },
    look,
  };
}
