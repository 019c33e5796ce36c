import { errorWords } from "../../errors";
import { type Backend, toCommandError } from "../../ipc/backend";
import type { BatchView } from "../../ipc/generated";
import { batchTakenBack, itemTakenBack } from "../../undoWords";

/** What came of taking something back. */
export interface Undone {
  /** PostHog answered what was asked, or did not have to be asked. */
  back: boolean;
  words: string;
}

/** Waits until a batch runs no more, and gives it as it stands then. */
function standing(backend: Backend, began: BatchView): Promise<BatchView> {
  if (began.state !== "running") return Promise.resolve(began);
  return new Promise((resolve, reject) => {
    const look = async () => {
      const now = (await backend.call("list_batches", {})).find(({ id }) => id === began.id);
      if (now?.state === "running") return;
      // The event that ends it may come before the listener is known.
      void listening.then((stop) => stop());
      resolve(now ?? began);
    };
    const listening = backend.listen(({ kind }) => {
      if (kind === "batches") look().catch(reject);
    });
    // What happened before the listener stood was missed.
    listening.then(look).catch(reject);
  });
}

async function answered(backend: Backend, began: BatchView): Promise<Undone> {
  const batch = await standing(backend, began);
  const back = batch.results.every(({ result }) => result === "as_asked");
  if (batch.total !== 1) return { back, words: batchTakenBack(batch) };
  const { items } = await backend.call("list_batch_items", {
    batch: batch.id,
    result: null,
    offset: 0,
    limit: 1,
  });
  return { back, words: items[0] ? itemTakenBack(items[0]) : batchTakenBack(batch) };
}

/** Waits for the end of a batch that takes something back, and says what PostHog answered, or why that is not known. */
export const undone = (backend: Backend, began: BatchView): Promise<Undone> =>
  answered(backend, began).catch((thrown) => ({
    back: false,
    words: errorWords(toCommandError(thrown)).title,
  }));
