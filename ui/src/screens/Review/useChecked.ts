import { useState } from "react";
import type { ReviewItem, SeenTool } from "../../ipc/generated";
import { keyOf } from "./lines";

/** Tools that were picked, each with the definition that was on screen then. */
export interface Checked {
  size: number;
  tools: () => SeenTool[];
  has: (key: string) => boolean;
  toggle: (index: number) => void;
  /** Picks everything between two places. */
  reach: (from: number, to: number) => void;
  clear: () => void;
}

export function useChecked(row: (index: number) => ReviewItem | undefined): Checked {
  const [picked, setPicked] = useState<ReadonlyMap<string, SeenTool>>(new Map());
  const add = (to: Map<string, SeenTool>, item: ReviewItem | undefined) => {
    if (!item?.row) return;
    const { name, fingerprint } = item.row;
    to.set(keyOf(item), { server_id: item.server_id, tool: name, fingerprint });
  };
  return {
    size: picked.size,
    tools: () => [...picked.values()],
    has: (key) => picked.has(key),
    toggle: (index) => {
      const item = row(index);
      if (!item) return;
      const next = new Map(picked);
      if (!next.delete(keyOf(item))) add(next, item);
      setPicked(next);
    },
    reach: (from, to) => {
      const next = new Map(picked);
      for (let at = Math.min(from, to); at <= Math.max(from, to); at++) add(next, row(at));
      setPicked(next);
    },
    clear: () => setPicked(new Map()),
  };
}
