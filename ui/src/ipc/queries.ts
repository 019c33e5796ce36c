import {
  QueryClient,
  type UseQueryOptions,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect } from "react";
import type { Backend } from "./backend";
import { useBackend } from "./context";
import type { CommandError, Commands, Event, FlowView, ListTools } from "./generated";

/** The cache of server facts. Events, not time, make it stale; the core retries, not the window. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // `always`: the core works offline, so the browser's idea of being online must not hold a call back.
      queries: {
        networkMode: "always",
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

type Answer<K extends keyof Commands> = Commands[K][1];
type Args<K extends keyof Commands> = Commands[K][0];

/** Keys of the cache: the first word is what an event names. */
export const keys = {
  boot: ["boot"] as const,
  servers: ["servers"] as const,
  catalog: ["catalog"] as const,
  flows: ["flows"] as const,
  scheme: ["scheme"] as const,
  review: ["review"] as const,
  batches: ["batches"] as const,
  activity: ["activity"] as const,
  watch: ["watch"] as const,
  toolsOf: (server: string) => ["tools", server] as const,
  toolPage: (ask: ListTools) =>
    ["tools", ask.server_id, "page", ask.search, ask.filter, ask.offset, ask.limit] as const,
  tool: (server: string, tool: string) => ["tools", server, "one", tool] as const,
};

/** Options of the query for one command. */
export function commandQuery<K extends keyof Commands>(
  backend: Backend,
  key: readonly unknown[],
  name: K,
  args: Args<K>,
): UseQueryOptions<Answer<K>, CommandError> {
  return { queryKey: key, queryFn: () => backend.call(name, args) };
}

export function useBoot() {
  return useQuery(commandQuery(useBackend(), keys.boot, "boot", {}));
}

export function useServers() {
  return useQuery(commandQuery(useBackend(), keys.servers, "list_servers", {}));
}

/** The catalog. Looking at it makes the core fetch an old one, so a place that may not need it says when it does. */
export function useCatalog(enabled = true) {
  return useQuery({ ...commandQuery(useBackend(), keys.catalog, "list_catalog", {}), enabled });
}

export function useFlows() {
  return useQuery(commandQuery(useBackend(), keys.flows, "list_flows", {}));
}

export function useTool(server_id: string, tool: string) {
  return useQuery(commandQuery(useBackend(), keys.tool(server_id, tool), "get_tool", { server_id, tool }));
}

/** Whether a flow is of the project on screen: its server can be shown, and its beginning repeated, only there. */
export function useIsHere(): (flow: FlowView) => boolean {
  const active = useBoot().data?.active;
  return ({ account, project }) => account === active?.account && project === active.project;
}

export function useScheme() {
  return useQuery(commandQuery(useBackend(), keys.scheme, "scheme", {}));
}

/** What a command changes even if its event should get lost. */
const changes: Partial<Record<keyof Commands, readonly unknown[]>> = {
  open_sample: keys.boot,
  choose_project: keys.boot,
  sign_out: keys.boot,
  sync_now: keys.servers,
  refresh_server: keys.servers,
  refresh_all: keys.servers,
  stop_refreshing: keys.servers,
  claim_scheme: keys.scheme,
  decline_scheme: keys.scheme,
  release_scheme: keys.scheme,
  check_flow: keys.flows,
  cancel_flow: keys.flows,
  dismiss_flow: keys.flows,
  accept: keys.review,
  put_off: keys.review,
  put_off_many: keys.review,
  accept_finding: keys.review,
  set_watch_settings: keys.watch,
  apply_plan: keys.batches,
  pause_batch: keys.batches,
  resume_batch: keys.batches,
  stop_batch: keys.batches,
  retry_batch: keys.batches,
  apply_backup: keys.review,
};

/** One command as a mutation. */
export function useCommand<K extends keyof Commands>(
  name: K,
  onSuccess?: (answer: Answer<K>, args: Args<K>) => void,
) {
  const backend = useBackend();
  const client = useQueryClient();
  return useMutation<Answer<K>, CommandError, Args<K>>({
    mutationFn: (args) => backend.call(name, args),
    onSuccess: (answer, args) => {
      const key = changes[name];
      if (key) void readAgain(client, key);
      onSuccess?.(answer, args);
    },
  });
}

/** Keys to read again after an event; the empty one means everything. */
function staleAfter(event: Event): readonly (readonly unknown[])[] {
  switch (event.kind) {
    case "boot":
      return [[]];
    case "servers":
      // A catalog entry says which server the project has for it, and how that stands.
      // Whose turn to be read is next may be another one now.
      return [keys.servers, keys.catalog, keys.watch];
    case "tools":
      return [keys.toolsOf(event.server_id)];
    case "review":
      return [keys.review, keys.watch];
    case "batches":
      return [keys.batches];
    case "activity":
      return [keys.activity];
    case "catalog":
      return [keys.catalog];
    case "flows":
      return [keys.flows];
    case "show_review":
    case "raised":
    case "crashed":
      return [];
  }
}

/**
 * Reads again what an event made stale. A first read that is still under way may have looked before the event, and
 * TanStack would join it instead of asking again: it is given up and begun anew.
 */
export async function readAgain(client: QueryClient, key: readonly unknown[]): Promise<void> {
  await client.cancelQueries({ queryKey: key, predicate: ({ state }) => state.data === undefined });
  await client.invalidateQueries({ queryKey: key });
}

/** Keeps the cache in step with the core, and hands every event on. */
export function useEvents(onEvent: (event: Event) => void) {
  const backend = useBackend();
  const client = useQueryClient();
  useEffect(() => {
    let over = false;
    let stop: (() => void) | undefined;
    backend
      .listen((event) => {
        for (const key of staleAfter(event)) void readAgain(client, key);
        onEvent(event);
      })
      .then((unlisten) => {
        if (over) unlisten();
        else {
          stop = unlisten;
          // What happened before the listener stood was missed: read once more.
          void readAgain(client, []);
        }
      });
    return () => {
      over = true;
      stop?.();
    };
  }, [backend, client, onEvent]);
}
