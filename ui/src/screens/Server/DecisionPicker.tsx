import { type KeyboardEvent, useId } from "react";
import { Spinner } from "../../components/Button";
import { Icon } from "../../components/Icon";
import type { Decision, ToolRow } from "../../ipc/generated";
import { offlineRefusal } from "../../serverWords";
import { decisions, decisionWords, fixedWords, isDecision, overCeiling, unknownState } from "../../words";
import styles from "./ToolPane.module.css";

const looks = {
  approved: { icon: "ok", tone: styles.allow },
  needs_approval: { icon: "hand", tone: styles.ask },
  do_not_use: { icon: "no", tone: styles.block },
} as const;

interface DecisionPickerProps {
  row: ToolRow;
  offline: boolean;
  /** What is on screen is not what was read: it has to be read before deciding. */
  moved: boolean;
  /** What was asked of PostHog and not answered yet. */
  pending: Decision | null;
  onDecide: (decision: Decision) => void;
}

/**
 * The three decisions. A radio group in which the arrows only move: passing over *Allow* must not allow anything,
 * so deciding takes Space, Enter or a click.
 */
export function DecisionPicker({ row, offline, moved, pending, onDecide }: DecisionPickerProps) {
  const id = useId();
  const reasons = whyNot(row, offline);
  const can = (decision: Decision) =>
    !offline && !moved && pending === null && row.choices.includes(decision);
  const tabStop = isDecision(row.state) ? row.state : "approved";
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const radios = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=radio]")];
    const at = radios.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    radios[(at + step + radios.length) % radios.length]?.focus();
  };
  return (
    <div>
      <div
        className={styles.seg}
        role="radiogroup"
        aria-label="Decision"
        aria-describedby={`${id}-how ${id}-why`}
        aria-busy={pending !== null || undefined}
        onKeyDown={move}
      >
        {decisions.map((decision) => (
          <button
            key={decision}
            type="button"
            role="radio"
            aria-checked={row.state === decision}
            aria-disabled={!can(decision) || undefined}
            tabIndex={decision === tabStop ? 0 : -1}
            className={row.state === decision ? `${styles.choice} ${looks[decision].tone}` : styles.choice}
            data-decision={decision}
            onClick={() => {
              // Choosing what it is already makes sense only to accept a changed definition.
              if (can(decision) && (row.state !== decision || row.changed)) onDecide(decision);
            }}
          >
            {pending === decision ? <Spinner /> : <Icon name={looks[decision].icon} />}
            {decisionWords[decision].act}
          </button>
        ))}
      </div>
      <p id={`${id}-how`} className="vh">
        The arrow keys move, Space decides.
      </p>
      <div id={`${id}-why`}>
        {reasons.map((reason) => (
          <p key={reason} className={styles.reason}>
            <Icon name={row.locked || row.fixed ? "lock" : "info"} />
            <span>{reason}</span>
          </p>
        ))}
      </div>
    </div>
  );
}

/** Why some or all choices cannot be made now. */
function whyNot(row: ToolRow, offline: boolean): string[] {
  const reasons: string[] = [];
  if (!isDecision(row.state)) reasons.push(unknownState(row.state));
  if (row.fixed) return [...reasons, fixedWords[row.fixed]];
  if (offline) return [...reasons, offlineRefusal];
  for (const decision of decisions) if (!row.choices.includes(decision)) reasons.push(overCeiling(decision));
  return reasons;
}
