import { useNow } from "../../clock";
import { Button } from "../../components/Button";
import { Dialog, DialogButtons } from "../../components/Dialog";
import type { IconName } from "../../components/Icon";
import { ErrorBlock } from "../../components/Note";
import {
  answeredOf,
  batchTitle,
  doneOf,
  interruptedWords,
  progressWords,
  resultOf,
  resultOrder,
  resultWords,
} from "../../batchWords";
import type { BatchView, ItemResult, PlanUndo } from "../../ipc/generated";
import { useCommand, useServers } from "../../ipc/queries";
import { useBatches } from "../../ipc/reviewQueries";
import { offlineRefusal } from "../../serverWords";
import { number } from "../../words";
import styles from "./Batch.module.css";
import { Fold } from "./Fold";
import { ItemList } from "./ItemList";

const icons: Record<ItemResult, IconName> = {
  waiting: "clock",
  sent: "sync",
  as_asked: "ok",
  kept_otherwise: "lock",
  definition_changed: "delta",
  refused: "no",
  unknown: "warn",
  skipped: "info",
};

/** Whether it is over: then the one thing left to do is what failed. */
const ended = ({ state }: BatchView) => state === "done" || state === "stopped";

/** How often the seconds left are looked at again. */
const SECOND = 1000;

/** How a batch goes, what came of it, and what can still be done about it. It goes on when this is closed. */
export function BatchDialog({
  began,
  onClose,
  onUndo,
}: {
  began: BatchView;
  onClose: () => void;
  onUndo: (ask: PlanUndo) => void;
}) {
  const now = useNow(SECOND);
  const batch = useBatches().data?.find(({ id }) => id === began.id) ?? began;
  const shown = resultOrder.filter(
    (result) => result !== "waiting" && result !== "sent" && resultOf(batch, result) > 0,
  );
  const answered = answeredOf(batch);
  const share = batch.total === 0 ? 1 : answered / batch.total;
  return (
    <Dialog open onClose={onClose} title={batchTitle(batch)}>
      {batch.state === "interrupted" && <p>{interruptedWords}</p>}
      {batch.problem && <ErrorBlock error={batch.problem} />}
      <div className={styles.progress}>
        <div
          role="progressbar"
          aria-label="Done"
          aria-valuemin={0}
          aria-valuemax={batch.total}
          aria-valuenow={answered}
          className={styles.bar}
        >
          <i style={{ width: `${share * 100}%` }} />
        </div>
        <p className={styles.why}>{progressWords(batch, now)}</p>
      </div>
      {shown.length > 0 && (
        <ul className={styles.parts}>
          {shown.map((result) => {
            const n = resultOf(batch, result);
            return (
              <Fold key={result} icon={icons[result]} words={[number(n), ` ${resultWords[result](n)}`]}>
                <ItemList of={{ batch: batch.id, result }} label={`${number(n)} ${resultWords[result](n)}`} />
              </Fold>
            );
          })}
        </ul>
      )}
      {batch.state === "running" && (
        <p className={styles.why}>You can close this: it goes on, and the rail shows how far it is.</p>
      )}
      <Doing batch={batch} onClose={onClose} onUndo={onUndo} />
    </Dialog>
  );
}

function Doing({
  batch,
  onClose,
  onUndo,
}: {
  batch: BatchView;
  onClose: () => void;
  onUndo: (ask: PlanUndo) => void;
}) {
  const offline = useServers().data?.sync.offline ?? false;
  const pause = useCommand("pause_batch");
  const resume = useCommand("resume_batch");
  const stop = useCommand("stop_batch");
  const retry = useCommand("retry_batch");
  const { id, state } = batch;
  const busy = [pause, resume, stop, retry].some(({ isPending }) => isPending);
  const error = [pause, resume, stop, retry].find((one) => one.error)?.error;
  const refusal = offline ? offlineRefusal : "";
  return (
    <>
      {error && <ErrorBlock error={error} />}
      <DialogButtons>
        {state === "running" && doneOf(batch) < batch.total && (
          <Button busy={busy} onClick={() => pause.mutate({ batch: id })}>
            Pause
          </Button>
        )}
        {(state === "paused" || state === "interrupted") && (
          <Button
            kind="primary"
            busy={busy}
            unavailable={refusal}
            onClick={() => resume.mutate({ batch: id })}
          >
            {state === "paused" ? "Go on" : "Finish"}
          </Button>
        )}
        {batch.can_retry && (
          <Button
            kind={ended(batch) ? "primary" : "plain"}
            busy={busy}
            unavailable={refusal}
            onClick={() => retry.mutate({ batch: id })}
          >
            Retry the failed
          </Button>
        )}
        {batch.can_undo && (
          <Button unavailable={refusal} onClick={() => onUndo({ batch: id, decision: null })}>
            Undo all of it…
          </Button>
        )}
        {(state === "running" || state === "paused") && (
          <Button kind="quiet" busy={busy} onClick={() => stop.mutate({ batch: id })}>
            Stop here
          </Button>
        )}
        {state !== "running" && (
          <Button kind="quiet" onClick={onClose}>
            Close
          </Button>
        )}
      </DialogButtons>
    </>
  );
}
