import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useBackend } from "../../ipc/context";
import type { ReviewItem, SeenTool } from "../../ipc/generated";
import { reviewPages } from "../../ipc/reviewQueries";
import { keyOf } from "./lines";
import { useTurn } from "./useTurn";

/** Tools that were picked, each with the definition that was listed then. */
export interface Checked {
  size: number;
  tools: () => SeenTool[];
  has: (key: string) => boolean;
  toggle: (index: number) => void;
  /** Picks everything between two places, also what was not read yet. */
  reach: (from: number, to: number) => void;
  /** Something of what was picked is still being read. */
  picking: boolean;
  /** How many entries were to be picked when not all of them could be read; else null. */
  short: number | null;
  clear: () => void;
}

type Picked = ReadonlyMap<string, SeenTool>;

function withItems(picked: Picked, items: (ReviewItem | undefined)[]): Picked {
  const next = new Map(picked);
  for (const item of items) {
    if (!item?.row) continue;
    const { name, fingerprint } = item.row;
    next.set(keyOf(item), { server_id: item.server_id, tool: name, fingerprint });
  }
  return next;
}

export function useChecked(row: (index: number) => ReviewItem | undefined): Checked {
  const client = useQueryClient();
  const backend = useBackend();
  const [picked, setPicked] = useState<Picked>(new Map());
  const [reading, setReading] = useState(0);
  const [short, setShort] = useState<number | null>(null);
  // Clearing, and leaving the screen, end what is still being read.
  const turn = useTurn();

  const read = async (first: number, last: number) => {
    const mine = turn.current;
    setReading((n) => n + 1);
    const found: ReviewItem[] = [];
    let whole = true;
    try {
      for await (const items of reviewPages(client, backend, first, last)) {
        if (turn.current !== mine) return;
        found.push(...items);
      }
    } catch {
      whole = false;
    }
    if (turn.current !== mine) return;
    setPicked((all) => withItems(all, found));
    setReading((n) => n - 1);
    if (!whole) setShort(last - first + 1);
  };

  return {
    size: picked.size,
    picking: reading > 0,
    short,
    tools: () => [...picked.values()],
    has: (key) => picked.has(key),
    toggle: (index) => {
      const item = row(index);
      if (!item) return;
      const next = new Map(picked);
      if (next.delete(keyOf(item))) setPicked(next);
      else setPicked(withItems(next, [item]));
    },
    reach: (from, to) => {
      const [first, last] = [Math.min(from, to), Math.max(from, to)];
      const items = Array.from({ length: last - first + 1 }, (_, i) => row(first + i));
      setShort(null);
      setPicked((all) => withItems(all, items));
      if (items.includes(undefined)) void read(first, last);
    },
    clear: () => {
      turn.current += 1;
      setReading(0);
      setShort(null);
      setPicked(new Map());
    },
  };
}
