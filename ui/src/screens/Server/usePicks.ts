import { useState } from "react";
import type { SeenTool, Selection, ToolFilter, ToolRow } from "../../ipc/generated";

/** Tools picked in the table: one by one, each with the definition that was on screen, or all that match. */
export interface Picks {
  size: number;
  has: (row: ToolRow) => boolean;
  toggle: (row: ToolRow) => void;
  add: (rows: ToolRow[]) => void;
  all: () => void;
  clear: () => void;
  selection: () => Selection;
}

export function usePicks(server_id: string, search: string, filter: ToolFilter, total: number): Picks {
  const [picked, setPicked] = useState<ReadonlyMap<string, SeenTool>>(new Map());
  const view = JSON.stringify([search, filter]);
  // Good for one question only: another search means other tools.
  const [allOf, setAllOf] = useState<string | null>(null);
  const everything = allOf === view;
  const seen = ({ name, fingerprint }: ToolRow): SeenTool => ({ server_id, tool: name, fingerprint });
  const clear = () => {
    setPicked(new Map());
    setAllOf(null);
  };
  return {
    size: everything ? total : picked.size,
    has: (row) => everything || picked.has(row.name),
    toggle: (row) => {
      if (everything) return clear();
      const next = new Map(picked);
      if (!next.delete(row.name)) next.set(row.name, seen(row));
      setPicked(next);
    },
    add: (rows) => setPicked(new Map([...picked, ...rows.map((row) => [row.name, seen(row)] as const)])),
    all: () => setAllOf(view),
    clear,
    selection: () =>
      everything ? { of: "server", server_id, search, filter } : { of: "tools", tools: [...picked.values()] },
  };
}
