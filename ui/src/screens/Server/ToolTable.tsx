import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from "react";
import { AGES, useNow } from "../../clock";
import { Button } from "../../components/Button";
import { ErrorText } from "../../components/Note";
import { Skeleton, Void } from "../../components/Void";
import styles from "./ToolTable.module.css";
import { ToolLine } from "./ToolLine";
import type { Picks } from "./usePicks";
import type { ToolWindow } from "./useToolWindow";

/** Heights in pixels, as in the style sheet. */
const ROW = 36;
const HEADER = 30;

interface ToolTableProps {
  label: string;
  tools: ToolWindow;
  /** Changes when another search or filter is shown: the table goes back to its top. */
  view: string;
  opened: string | null;
  onOpen: (tool: string, focus: boolean) => void;
  onClose: () => void;
  onReset: () => void;
  /** Picking many; null where nothing can be decided on. */
  picks: Picks | null;
}

const columns = [
  { name: "Decision", id: "decision" },
  { name: "Tool", id: "tool" },
  { name: "What it does", id: "does" },
  { name: "Last seen", id: "seen" },
  { name: "Tokens", id: "tokens" },
];

/** Tools as a grid of which only the lines on screen exist. One tab stop; the arrows move the active line. */
export function ToolTable({ label, tools, view, opened, onOpen, onClose, onReset, picks }: ToolTableProps) {
  const id = useId();
  const now = useNow(AGES);
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const total = tools.total ?? 0;
  const current = Math.min(active, Math.max(0, total - 1));
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollMargin: HEADER,
    scrollPaddingStart: HEADER,
    // The active line is always there, or `aria-activedescendant` would point at nothing.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), current])].filter((i) => i < total).sort((a, b) => a - b),
  });
  const { range } = virtual;
  const { look } = tools;
  useEffect(() => {
    if (range) look(range.startIndex, range.endIndex, current);
  }, [range, look, current]);
  // A line that was asked for before its page was here is opened when it comes.
  const awaited = useRef<{ index: number; focus: boolean } | null>(null);
  const activeName = tools.row(current)?.name;
  useEffect(() => {
    const wanted = awaited.current;
    if (!wanted || wanted.index !== current || activeName === undefined) return;
    awaited.current = null;
    onOpen(activeName, wanted.focus);
  });
  const open = (index: number, focus: boolean) => {
    const row = tools.row(index);
    awaited.current = row ? null : { index, focus };
    if (row) onOpen(row.name, focus);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: `view` is what this waits for
  useEffect(() => {
    setActive(0);
    virtual.scrollToOffset(0);
  }, [view]);

  const rowsBetween = (a: number, b: number) =>
    Array.from({ length: Math.abs(a - b) + 1 }, (_, i) => tools.row(Math.min(a, b) + i)).filter(
      (row) => row !== undefined,
    );
  const moveTo = (index: number, picking: boolean) => {
    const next = Math.max(0, Math.min(total - 1, index));
    if (picking) picks?.add(rowsBetween(current, next));
    setActive(next);
    virtual.scrollToIndex(next);
    if (opened !== null) open(next, false);
  };
  const onClick = ({ target, shiftKey }: MouseEvent) => {
    const line = target instanceof Element ? target.closest<HTMLElement>("[data-tool]") : null;
    if (line?.dataset.tool === undefined) return;
    const index = Number(line.getAttribute("aria-rowindex")) - 2;
    const row = tools.row(index);
    setActive(index);
    if (picks && row && target instanceof Element && target.closest("[data-check]")) {
      if (shiftKey) picks.add(rowsBetween(current, index));
      else picks.toggle(row);
      return;
    }
    onOpen(line.dataset.tool, false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (total === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEADER) / ROW) - 1);
    const to = {
      ArrowDown: current + 1,
      ArrowUp: current - 1,
      PageDown: current + page,
      PageUp: current - page,
      Home: 0,
      End: total - 1,
    }[event.key];
    const row = tools.row(current);
    if (to !== undefined) moveTo(to, event.shiftKey);
    else if (event.key === " " && picks && row) picks.toggle(row);
    else if (event.key === "Enter") open(current, true);
    else if (event.key === "Escape" && opened !== null) onClose();
    else return;
    event.preventDefault();
  };

  if (tools.error && tools.total === null) {
    return (
      <Void
        icon="warn"
        title="The tools could not be shown"
        actions={<Button onClick={tools.retry}>Try again</Button>}
      >
        <ErrorText error={tools.error} />
      </Void>
    );
  }
  if (tools.total === null) return <Skeleton rows={12} height={ROW} label="Reading the tools" />;
  if (total === 0)
    return (
      <Void
        icon="glass"
        title="No tool matches"
        actions={<Button onClick={onReset}>Show all tools</Button>}
      />
    );
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={[styles.table, tools.stale && styles.stale, picks && styles.picks]
          .filter(Boolean)
          .join(" ")}
        role="grid"
        aria-label={label}
        aria-rowcount={total + 1}
        aria-colcount={columns.length + (picks ? 1 : 0)}
        aria-multiselectable={picks ? true : undefined}
        aria-busy={tools.stale || undefined}
        aria-activedescendant={`${id}-${current}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
        data-tool-grid=""
      >
        <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.header}`}>
          {picks && (
            <span role="columnheader">
              <span className="vh">Selected</span>
            </span>
          )}
          {columns.map(({ name, id: column }) => (
            <span key={column} role="columnheader" data-col={column}>
              {name}
            </span>
          ))}
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize() }} className={styles.rows}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = tools.row(index);
            return (
              <ToolLine
                key={index}
                id={`${id}-${index}`}
                index={index}
                top={start - HEADER}
                row={row}
                active={index === current}
                opened={opened !== null && row?.name === opened}
                picked={picks && row ? picks.has(row) : null}
                now={now}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
