import { useState } from "react";
import {
  keepsWords,
  looserQuestion,
  looserWords,
  MANY_LOOSER,
  partCount,
  partsInOrder,
  partWords,
  takesWords,
} from "../../batchWords";
import { Button } from "../../components/Button";
import { Dialog, DialogButtons } from "../../components/Dialog";
import type { IconName } from "../../components/Icon";
import { ErrorBlock } from "../../components/Note";
import type { BatchView, PlanPart, PlanView } from "../../ipc/generated";
import { useCommand, useServers } from "../../ipc/queries";
import { offlineRefusal } from "../../serverWords";
import styles from "./Batch.module.css";
import { ItemList } from "./ItemList";
import { Fold } from "./Fold";

const icons: Record<PlanPart, IconName> = {
  change: "hand",
  already: "ok",
  locked: "lock",
  ceiling: "lock",
  not_yours: "person",
  not_addressable: "warn",
  moved: "delta",
  foreign: "person",
  missing: "info",
};

/** What would happen, before anything is sent. Becoming less strict is said, and with many asked about once more. */
export function PlanDialog({
  plan,
  title,
  onClose,
  onApplied,
}: {
  plan: PlanView;
  title: string;
  onClose: () => void;
  onApplied: (batch: BatchView) => void;
}) {
  const offline = useServers().data?.sync.offline ?? false;
  const apply = useCommand("apply_plan", onApplied);
  const [asking, setAsking] = useState(false);
  const changing = partCount(plan, "change");
  const run = () => apply.mutate({ plan: plan.plan, looser_confirmed: plan.looser > 0 });
  const many = plan.looser >= MANY_LOOSER;
  return (
    <Dialog open onClose={onClose} title={title}>
      {plan.parts.length === 0 ? (
        <p>No tool is meant by this any more.</p>
      ) : (
        <ul className={styles.parts}>
          {partsInOrder(plan).map(({ part, count }) => (
            <Fold key={part} icon={icons[part]} words={partWords(part, count, plan)}>
              <ItemList of={{ plan: plan.plan, part }} label={partWords(part, count, plan)[0]} />
            </Fold>
          ))}
        </ul>
      )}
      {plan.looser > 0 && <p className={styles.looser}>{looserWords(plan.looser)}</p>}
      {keepsWords(plan).map((words) => (
        <p key={words} className={styles.why}>
          {words}
        </p>
      ))}
      {changing > 0 && (
        <p className={styles.why}>{takesWords(plan.seconds)} You can undo all of it as one step.</p>
      )}
      {apply.error && <ErrorBlock error={apply.error} />}
      {asking && (
        <p role="alert" className={styles.looser}>
          {looserQuestion(plan.looser)}
        </p>
      )}
      <DialogButtons>
        {changing > 0 && (
          <Button
            kind="primary"
            busy={apply.isPending}
            unavailable={offline && plan.seconds > 0 ? offlineRefusal : ""}
            onClick={many && !asking ? () => setAsking(true) : run}
          >
            {asking ? "Yes, make them less strict" : "Apply"}
          </Button>
        )}
        <Button kind="quiet" onClick={onClose}>
          {changing > 0 ? "Cancel" : "Close"}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
