import type { MouseEvent, ReactNode } from "react";
import { Button } from "../../components/Button";
import { Icon, type IconName } from "../../components/Icon";
import { ErrorBlock } from "../../components/Note";
import type { Decision, ReviewItem, ToolRow } from "../../ipc/generated";
import { acceptReason, waits } from "../../reviewWords";
import { offlineRefusal } from "../../serverWords";
import { decisionWords, fixedWords, overCeiling } from "../../words";
import styles from "./Actions.module.css";
import type { Steps } from "./useSteps";

interface ActionsProps {
  item: ReviewItem;
  steps: Steps;
  /** Why nothing may be done to what is on screen now: it is not read yet, or another by now. */
  wait: string;
  offline: boolean;
  keysOn: boolean;
  onDecide: (decision: Decision) => void;
  onAccept: () => void;
  onLater: () => void;
}

const looks: { decision: Decision; icon: IconName; key: string; shortcut: string }[] = [
  { decision: "needs_approval", icon: "hand", key: "R", shortcut: "R" },
  { decision: "do_not_use", icon: "no", key: "B", shortcut: "B" },
  { decision: "approved", icon: "ok", key: "Shift A", shortcut: "Shift+A" },
];

/** A double click must not decide on the entry that has come up meanwhile. */
const once = (run: () => void) => (event: MouseEvent) => {
  if (event.detail < 2) run();
};

/** Why a decision cannot be made on a tool; empty when it can. */
export function refusalFor(row: ToolRow, decision: Decision, offline: boolean): string {
  if (row.fixed) return fixedWords[row.fixed];
  if (offline) return offlineRefusal;
  return row.choices.includes(decision) ? "" : overCeiling(decision);
}

/** What can be done with the entry on screen. The buttons stay in place from entry to entry, and so does the focus. */
export function Actions({ item, steps, wait, offline, keysOn, onDecide, onAccept, onLater }: ActionsProps) {
  const { row, group } = item;
  if (!row) return null;
  const waiting = waits(item);
  const decides = !row.fixed && row.removed_at === null && group !== "removed";
  // What was never decided on here is first of all taken note of.
  const acceptFirst = group === "removed" || group === "unpinned" || row.fixed !== null;
  const pressing = waiting && !acceptFirst;
  return (
    <div className={styles.buttons}>
      {waiting && (!decides || group === "unpinned") && (
        <Button
          kind="primary"
          unavailable={wait}
          busy={steps.busy && steps.pending === null}
          onClick={once(onAccept)}
          title={acceptReason}
        >
          {group === "removed" ? "Noted" : "Accept as it is"}
        </Button>
      )}
      {decides &&
        looks.map(({ decision, icon, key, shortcut }) => (
          <Button
            key={decision}
            icon={icon}
            kind={decision === "needs_approval" && pressing ? "primary" : "plain"}
            className={(decision === "needs_approval" && pressing && styles.strong) || ""}
            busy={steps.pending === decision}
            unavailable={wait || refusalFor(row, decision, offline)}
            aria-keyshortcuts={keysOn ? shortcut : undefined}
            onClick={once(() => onDecide(decision))}
          >
            {decision === "approved" && group !== "new" ? "Allow this version" : decisionWords[decision].act}
            {keysOn && (
              <span className={styles.kbd} aria-hidden="true">
                {key}
              </span>
            )}
          </Button>
        ))}
      <span className={styles.gap} />
      {waiting && (
        <Button kind="quiet" onClick={once(onLater)} unavailable={wait}>
          {item.later ? "Back in its place" : "Later"}
        </Button>
      )}
    </div>
  );
}

/** The foot of the right side: what came of the last step, why something cannot be done, and what can. */
export function Foot({
  steps,
  reason,
  keysOn,
  children,
}: {
  steps: Steps;
  reason: string;
  keysOn: boolean;
  children: ReactNode;
}) {
  return (
    <div className={styles.bar} role="group" aria-label="Decide">
      <div className={styles.said}>
        <span role="status">{steps.said}</span>
        {steps.canUndo && (
          <Button
            kind="quiet"
            busy={steps.busy && steps.pending === null && steps.said === ""}
            aria-keyshortcuts={keysOn ? "Z" : undefined}
            onClick={once(steps.undo)}
          >
            Undo
            {keysOn && (
              <span className={styles.kbd} aria-hidden="true">
                Z
              </span>
            )}
          </Button>
        )}
      </div>
      {steps.error && <ErrorBlock error={steps.error} />}
      {reason && (
        <p className={styles.reason}>
          <Icon name="lock" />
          <span>{reason}</span>
        </p>
      )}
      {children}
    </div>
  );
}
