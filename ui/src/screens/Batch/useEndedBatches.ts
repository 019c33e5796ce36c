import { useEffect, useRef } from "react";
import { batchTitle, endWords } from "../../batchWords";
import { useTell } from "../../components/Toasts";
import type { BatchState, BatchView } from "../../ipc/generated";
import { useBatches } from "../../ipc/reviewQueries";

/** Says when a batch ends that nobody is looking at. */
export function useEndedBatches(shown: number | null, onShow: (batch: BatchView) => void): void {
  const tell = useTell();
  const batches = useBatches().data;
  const before = useRef(new Map<number, BatchState>());
  useEffect(() => {
    for (const batch of batches ?? []) {
      const was = before.current.get(batch.id);
      before.current.set(batch.id, batch.state);
      const ended = batch.state === "done" || batch.state === "interrupted";
      // One tool is told at its place.
      if (was !== "running" || !ended || batch.id === shown || batch.total < 2) continue;
      tell({
        title: batchTitle(batch),
        text: endWords(batch),
        action: { label: "Show", run: () => onShow(batch) },
      });
    }
  });
}
