import { memo } from "react";
import { DecisionBadge, Tag, Waiting } from "../../components/Badges";
import { Icon } from "../../components/Icon";
import type { ToolRow } from "../../ipc/generated";
import { dayWord } from "../../time";
import { claimFlag, claimWords, number } from "../../words";
import styles from "./ToolTable.module.css";

interface ToolLineProps {
  id: string;
  index: number;
  /** Pixels from the top of the list. */
  top: number;
  row: ToolRow | undefined;
  active: boolean;
  /** Its tool is the one in the pane. */
  opened: boolean;
  /** It is one of those picked; null where none can be. */
  picked: boolean | null;
  /** The present, for ages. */
  now: number;
}

/**
 * One line of the table; a grey one while its page is on the way. The grid hears clicks and keys for all its lines.
 * Memoised, because scrolling draws the table again at every frame.
 */
export const ToolLine = memo(function ToolLine({
  id,
  index,
  top,
  row,
  active,
  opened,
  picked,
  now,
}: ToolLineProps) {
  const className = [
    styles.row,
    styles.line,
    active && styles.active,
    picked && styles.picked,
    opened && styles.opened,
  ]
    .filter(Boolean)
    .join(" ");
  const place = { transform: `translateY(${top}px)` };
  if (!row) {
    return (
      <div role="row" id={id} aria-rowindex={index + 2} aria-busy="true" className={className} style={place}>
        <span role="gridcell" className={styles.coming}>
          <span className="vh">On its way</span>
        </span>
      </div>
    );
  }
  const cells = [
    { column: "decision", cell: <DecisionBadge state={row.state} /> },
    {
      column: "tool",
      cell: (
        <code title={row.label} dir="auto" className={styles.name}>
          {row.label}
        </code>
      ),
    },
    { column: "does", cell: <Summary row={row} /> },
    { column: "seen", cell: dayWord(row.last_seen_at, now) },
    { column: "tokens", cell: number(row.tokens) },
  ];
  const before = picked === null ? 0 : 1;
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={index + 2}
      aria-selected={picked ?? opened}
      aria-current={opened || undefined}
      className={className}
      style={place}
      data-tool={row.name}
    >
      {picked !== null && (
        <span role="gridcell" aria-colindex={1} className={styles.box} data-check="">
          <span className={styles.check}>{picked && <Icon name="ok" />}</span>
          <span className="vh">{picked ? "Selected" : "Not selected"}</span>
        </span>
      )}
      {cells.map(({ column, cell }, i) => (
        <span role="gridcell" key={column} aria-colindex={i + 1 + before} data-col={column}>
          {cell}
        </span>
      ))}
    </div>
  );
});

function Summary({ row }: { row: ToolRow }) {
  const flag = claimFlag(row.claims);
  return (
    <span className={styles.does}>
      {row.changed && <Waiting icon="delta">Changed</Waiting>}
      {row.removed_at && <Tag>Removed</Tag>}
      {/* A colleague's connection says so once, at the top of the page. */}
      {row.fixed && row.fixed !== "not_yours" && <Tag>{row.fixed === "locked" ? "Locked" : "Fixed"}</Tag>}
      {flag && (
        <span title={claimWords(row.claims)}>
          <Tag>{flag}</Tag>
        </span>
      )}
      <span className={styles.about} title={row.summary} dir="auto">
        {row.summary || row.title}
      </span>
    </span>
  );
}
