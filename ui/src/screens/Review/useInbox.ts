import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ReviewPlace } from "../../app/route";
import { useBackend } from "../../ipc/context";
import type { ReviewItem } from "../../ipc/generated";
import { keys, readAgain } from "../../ipc/queries";
import { findInReview, useBatches, useWindow, type Window } from "../../ipc/reviewQueries";

export interface Inbox {
  list: Window<ReviewItem>;
  /** Where the active line is. */
  index: number;
  /** The active line is the entry beside the list; else nothing is marked, as that entry does not wait. */
  marked: boolean;
  /** The entry beside the list: it stays the one that was chosen, whatever moves in the list. */
  opened: Opened | null;
  moveTo: (index: number) => void;
  /** Reads the list again after something was done, and goes on with the entry that is in this place then. */
  goOn: () => Promise<void>;
  /** Opens an entry as soon as it is in the list; `batch` is what brings it back there, if anything has to. */
  comeBack: (place: ReviewPlace, batch: number | null) => void;
  /** How often an entry has come back: it is opened then, and the list wants the focus. */
  returned: number;
  /** Between an answer and the list that follows it, nothing may be done to what is on screen. */
  moving: boolean;
}

export interface Opened {
  server_id: string;
  /** Null for a connection. */
  tool: string | null;
  /** The line it was chosen by; null when it came from another screen. */
  item: ReviewItem | null;
}

/** An entry that is looked for in the whole list. Whoever moves meanwhile has chosen otherwise. */
interface Sought {
  place: ReviewPlace;
  /** It may still come while this batch runs. */
  batch: number | null;
  /** Nothing else is opened meanwhile. */
  first: boolean;
}

const openedBy = (item: ReviewItem): Opened => ({
  server_id: item.server_id,
  tool: item.row?.name ?? null,
  item,
});

const sameEntry = (opened: Opened, item: ReviewItem) =>
  opened.server_id === item.server_id && opened.tool === (item.row?.name ?? null);

/**
 * The long list of Review and the place in it. A background change moves the line along; it never swaps the entry.
 * `revision` is how often Review has moved.
 */
export function useInbox(start: ReviewPlace | undefined, revision: number): Inbox {
  const client = useQueryClient();
  const backend = useBackend();
  const list = useWindow("list_review", keys.review, {});
  const batches = useBatches().data;
  const [index, setIndex] = useState(0);
  const [opened, setOpened] = useState<Opened | null>(
    start && start.tool !== null ? { ...start, item: null } : null,
  );
  const [moving, setMoving] = useState(false);
  const [returned, setReturned] = useState(0);
  const [sought, setSought] = useState<Sought | null>(
    start ? { place: start, batch: null, first: true } : null,
  );
  const runs = batches?.find(({ id }) => id === sought?.batch)?.state ?? "running";
  const maybeLater = sought !== null && sought.batch !== null && runs === "running";
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is not there yet is looked for again when Review moves
  useEffect(() => {
    if (!sought) return;
    let over = false;
    const { server_id, tool } = sought.place;
    const isIt = (item: ReviewItem) =>
      item.server_id === server_id && (tool === null || tool === item.row?.name);
    findInReview(client, backend, isIt)
      // What fails here fails in the list as well, which says so.
      .catch(() => null)
      .then((found) => {
        if (over) return;
        if (found) {
          setIndex(found[0]);
          setOpened(openedBy(found[1]));
          if (!sought.first) setReturned((n) => n + 1);
        }
        if (found || !maybeLater) setSought(null);
      });
    return () => {
      over = true;
    };
  }, [sought, maybeLater, revision, client, backend]);
  const total = list.total ?? 0;
  // The list may have become shorter than the place in it.
  const here = Math.min(index, Math.max(0, total - 1));
  const row = list.row(here);

  useEffect(() => {
    if (moving || list.total === null) return;
    if (total === 0 && opened?.item) setOpened(null);
    if (opened === null) {
      if (row && !sought?.first) setOpened(openedBy(row));
      return;
    }
    if (row && sameEntry(opened, row)) {
      if (opened.item !== row) setOpened(openedBy(row));
      return;
    }
    const found = list.here().find(([, item]) => sameEntry(opened, item));
    if (found) {
      setIndex(found[0]);
      setOpened(openedBy(found[1]));
    }
  });

  return {
    list,
    index: here,
    marked: moving || (opened !== null && row !== undefined && sameEntry(opened, row)),
    opened,
    returned,
    moving,
    moveTo: (to) => {
      setSought(null);
      const next = Math.max(0, Math.min(total - 1, to));
      const item = list.row(next);
      setIndex(next);
      // Its page may be on the way: what comes there is opened then.
      setOpened(item ? openedBy(item) : null);
    },
    goOn: async () => {
      setSought(null);
      setMoving(true);
      await readAgain(client, keys.review);
      setOpened(null);
      setMoving(false);
    },
    comeBack: (place, batch) => setSought({ place, batch, first: false }),
  };
}

/** What the entry beside the list is known by. */
export const openedKey = ({ server_id, tool }: Opened) => JSON.stringify([server_id, tool]);
