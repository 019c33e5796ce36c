import type { ReactNode } from "react";
import { Button } from "../../components/Button";
import type { IconName } from "../../components/Icon";
import type { Decision, Selection } from "../../ipc/generated";
import { decisionWords, number } from "../../words";
import { useBatchDesk } from "./context";
import styles from "./Batch.module.css";

const looks: [Decision, IconName][] = [
  ["approved", "ok"],
  ["needs_approval", "hand"],
  ["do_not_use", "no"],
];

/** The bar of a selection: each decision first shows what it would do. */
export function DecideBar({
  picked,
  selection,
  onApplied,
  onClear,
  wait = "",
  note = "",
  children,
}: {
  picked: number;
  selection: () => Selection;
  onApplied: () => void;
  onClear: () => void;
  /** Why nothing can be decided yet. */
  wait?: string;
  /** What has to be known about the selection. */
  note?: string;
  children?: ReactNode;
}) {
  const desk = useBatchDesk();
  return (
    <div className={styles.selected} role="group" aria-label="Selected tools">
      <b role="status">
        {number(picked)} selected{wait && "…"}
        {note && <span className={styles.why}> {note}</span>}
      </b>
      <Button kind="quiet" onClick={onClear}>
        Clear
      </Button>
      <span className={styles.gap} />
      {children}
      {looks.map(([decision, icon]) => (
        <Button
          key={decision}
          icon={icon}
          unavailable={wait}
          onClick={() => desk.plan({ tools: selection(), decision }, onApplied)}
        >
          {decisionWords[decision].act}…
        </Button>
      ))}
    </div>
  );
}
