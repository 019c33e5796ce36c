/** Queries of Review, watching, batches, and the windows of long lists. */
import { keepPreviousData, type QueryClient, useQueries, useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import type { Backend } from "./backend";
import { useBackend } from "./context";
import type { CommandError, Commands, ReviewItem } from "./generated";
import { commandQuery, keys } from "./queries";

/** Rows asked for at once; the core gives at most 200. */
const PAGE = 100;

export function useReview() {
  return useQuery(commandQuery(useBackend(), [...keys.review, "counts"], "review", {}));
}

/** One entry compared with what was decided on; a connection has nothing to compare. */
export function useReviewOf(server_id: string, tool: string | null) {
  const ask = { server_id, tool: tool ?? "" };
  return useQuery({
    ...commandQuery(useBackend(), [...keys.review, "one", server_id, tool], "get_review", ask),
    enabled: tool !== null,
  });
}

export function useWatch() {
  return useQuery(commandQuery(useBackend(), [...keys.watch, "state"], "watch", {}));
}

export function useWatchSettings() {
  return useQuery(commandQuery(useBackend(), [...keys.watch, "settings"], "watch_settings", {}));
}

export function useBatches() {
  return useQuery(commandQuery(useBackend(), keys.batches, "list_batches", {}));
}

/** A long list of which only the pages on screen are here. */
export interface Window<Row> {
  /** Rows in all; null until that is known. */
  total: number | null;
  /** The row at an index, once it is here. */
  row: (index: number) => Row | undefined;
  /** Rows that are here, with their places. */
  here: () => [number, Row][];
  /** What is shown still belongs to the question before. */
  stale: boolean;
  error: CommandError | null;
  retry: () => void;
  /** Says which rows are on screen and which is the active one, so that they are fetched. */
  look: (first: number, last: number, active: number) => void;
}

type Listing = "list_review" | "list_activity" | "list_plan" | "list_batch_items";
type Ask<K extends Listing> = Omit<Commands[K][0], "offset" | "limit">;
type RowOf<K extends Listing> = Commands[K][1] extends { items: (infer Row)[] }
  ? Row
  : Commands[K][1] extends { rows: (infer Row)[] }
    ? Row
    : never;

/** One page of a listing. */
function pageQuery<K extends Listing>(
  backend: Backend,
  name: K,
  key: readonly unknown[],
  ask: Ask<K>,
  page: number,
) {
  const args = { ...ask, offset: page * PAGE, limit: PAGE } as unknown as Commands[K][0];
  return commandQuery(backend, [...key, "page", ask, page], name, args);
}

/** Looks for the place of an entry in all of Review, page after page; null when it does not wait there. */
export async function findInReview(
  client: QueryClient,
  backend: Backend,
  wanted: (item: ReviewItem) => boolean,
): Promise<[number, ReviewItem] | null> {
  for (let page = 0; ; page++) {
    const { items, total } = await client.fetchQuery(
      pageQuery(backend, "list_review", keys.review, {}, page),
    );
    const at = items.findIndex(wanted);
    const item = items[at];
    if (item) return [page * PAGE + at, item];
    if (items.length === 0 || (page + 1) * PAGE >= total) return null;
  }
}

/** The entries of Review between two places, page after page, whether they are on screen or not. */
export async function* reviewPages(
  client: QueryClient,
  backend: Backend,
  first: number,
  last: number,
): AsyncGenerator<ReviewItem[]> {
  for (let page = Math.floor(first / PAGE); page * PAGE <= last; page++) {
    const { items } = await client.fetchQuery(pageQuery(backend, "list_review", keys.review, {}, page));
    yield items.slice(Math.max(0, first - page * PAGE), last - page * PAGE + 1);
  }
}

/** A window on one of the listings of the core. `key` is where an event finds it. */
export function useWindow<K extends Listing>(
  name: K,
  key: readonly unknown[],
  ask: Ask<K>,
): Window<RowOf<K>> {
  const backend = useBackend();
  const [seen, setSeen] = useState<readonly [number, number, number]>([0, 0, 0]);
  const [from, to, active] = seen;
  // The first page is always asked for: it knows the total.
  const pages = [...new Set([0, active, ...Array.from({ length: to - from + 1 }, (_, i) => from + i)])];
  const results = useQueries({
    queries: pages.map((page) => ({
      ...pageQuery(backend, name, key, ask, page),
      // Keeping the old answer on later pages would show rows at places that are not theirs.
      ...(page === 0 && { placeholderData: keepPreviousData }),
    })),
  });
  const rowsOf = (page: number): RowOf<K>[] => {
    const data = results[pages.indexOf(page)]?.data as { items?: RowOf<K>[]; rows?: RowOf<K>[] } | undefined;
    return data?.items ?? data?.rows ?? [];
  };
  const first = results[0];
  const look = useCallback((top: number, bottom: number, current: number) => {
    const page = (index: number) => Math.floor(Math.max(0, index) / PAGE);
    const next = [page(top), page(Math.max(top, bottom)), page(current)] as const;
    setSeen((last) => (last.every((one, i) => one === next[i]) ? last : next));
  }, []);
  return {
    total: (first?.data as { total: number } | undefined)?.total ?? null,
    row: (index) => rowsOf(Math.floor(index / PAGE))[index % PAGE],
    here: () =>
      pages.flatMap((page) => rowsOf(page).map((row, i): [number, RowOf<K>] => [page * PAGE + i, row])),
    stale: first?.isPlaceholderData ?? false,
    error: results.find(({ error }) => error)?.error ?? null,
    retry: () => {
      for (const result of results) if (result.error) void result.refetch();
    },
    look,
  };
}
