import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useRef } from "react";
import { useGo } from "../../app/route";
import { activityWords, resultLine } from "../../batchWords";
import { AGES, useNow } from "../../clock";
import { Button } from "../../components/Button";
import { useTell } from "../../components/Toasts";
import { errorWords } from "../../errors";
import type { ActivityRow } from "../../ipc/generated";
import type { Window } from "../../ipc/reviewQueries";
import { clock, full } from "../../time";
import { useBatchDesk } from "../Batch/context";
import styles from "./Activity.module.css";

/** Heights in pixels, as in the style sheet. */
const ROW = 48;
const HEADER = 30;

/** Lines of Activity, newest first; only those on screen exist. */
export function ActivityList({ list, view }: { list: Window<ActivityRow>; view: string }) {
  const now = useNow(AGES);
  const scroller = useRef<HTMLDivElement>(null);
  const total = list.total ?? 0;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
    scrollMargin: HEADER,
  });
  const { range } = virtual;
  const { look } = list;
  useEffect(() => {
    if (range) look(range.startIndex, range.endIndex, range.startIndex);
  }, [range, look]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `view` is what this waits for
  useEffect(() => virtual.scrollToOffset(0), [view]);
  return (
    <div
      ref={scroller}
      className={list.stale ? `${styles.table} ${styles.stale}` : styles.table}
      role="table"
      aria-label="Activity"
      aria-rowcount={total + 1}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
      tabIndex={0}
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.header}`}>
          {["Time", "What", "Server · tool", "Decision", "Undo"].map((name) => (
            <span key={name} role="columnheader">
              {name === "Undo" ? <span className="vh">{name}</span> : name}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <Line key={index} index={index} top={start - HEADER} row={list.row(index)} now={now} />
        ))}
      </div>
    </div>
  );
}

const Line = memo(function Line({
  index,
  top,
  row,
  now,
}: {
  index: number;
  top: number;
  row: ActivityRow | undefined;
  now: number;
}) {
  const place = { transform: `translateY(${top}px)` };
  const className = `${styles.row} ${styles.line}`;
  if (!row)
    return (
      <div role="row" aria-rowindex={index + 2} aria-busy="true" className={className} style={place}>
        <span role="cell" className={styles.coming}>
          <span className="vh">On its way</span>
        </span>
      </div>
    );
  const result = resultLine(row);
  return (
    <div role="row" aria-rowindex={index + 2} className={className} style={place} data-line={row.id}>
      <span role="cell" title={full(row.at)}>
        <time dateTime={row.at}>{clock(row.at, now)}</time>
      </span>
      <span role="cell">
        {activityWords[row.what]}
        {row.words && (
          <small title={row.words} dir="auto">
            {row.words}
          </small>
        )}
      </span>
      <span role="cell">
        <Subject row={row} />
      </span>
      <span role="cell" title={result}>
        {result}
      </span>
      <span role="cell">
        <Undo row={row} />
      </span>
    </div>
  );
});

/** The server, and the tool as the way to its comparison. */
function Subject({ row }: { row: ActivityRow }) {
  const go = useGo();
  const { server_id, server_name, tool, label } = row;
  return (
    <>
      <span className={styles.server} title={server_name} dir="auto">
        {server_name}
      </span>
      {tool !== null &&
        (server_id === null ? (
          <code title={label} dir="auto">
            {label}
          </code>
        ) : (
          <button
            type="button"
            className={styles.tool}
            title={label}
            dir="auto"
            onClick={() => go({ screen: "review", at: { server_id, tool } })}
          >
            {label}
          </button>
        ))}
    </>
  );
}

/** Takes a decision back; a batch as the one step it was. */
function Undo({ row }: { row: ActivityRow }) {
  const desk = useBatchDesk();
  const tell = useTell();
  if (row.undo === null) return null;
  const ask = row.batch === null ? { batch: null, decision: row.undo } : { batch: row.batch, decision: null };
  const undo = async () => {
    const taken = await desk.undo(ask);
    if ("error" in taken) tell({ title: errorWords(taken.error).title, text: errorWords(taken.error).next });
    else if ("batch" in taken) void taken.ends.then(({ words }) => tell({ title: words }));
  };
  return (
    <Button kind="quiet" className={styles.undo ?? ""} onClick={() => void undo()}>
      {row.batch === null ? "Undo" : "Undo all"}
      <span className="vh"> {row.label}</span>
    </Button>
  );
}
