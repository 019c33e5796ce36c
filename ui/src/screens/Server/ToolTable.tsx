import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from "react";
import { AGES, useNow } from "../../clock";
import { Button } from "../../components/Button";
import { ErrorText } from "../../components/Note";
import { Skeleton, Void } from "../../components/Void";
import styles from "./ToolTable.module.css";
import { ToolLine } from "./ToolLine";
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
}

/** Tools as a grid of which only the lines on screen exist. One tab stop; the arrows move the active line. */
export function ToolTable({ label, tools, view, opened, onOpen, onClose, onReset }: ToolTableProps) {
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

  const moveTo = (index: number) => {
    const next = Math.max(0, Math.min(total - 1, index));
    setActive(next);
    virtual.scrollToIndex(next);
    if (opened !== null) open(next, false);
  };
  const onClick = ({ target }: MouseEvent) => {
    const line = target instanceof Element ? target.closest<HTMLElement>("[data-tool]") : null;
    if (line?.dataset.tool === undefined) return;
    setActive(Number(line.getAttribute("aria-rowindex")) - 2);
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
    if (to !== undefined) moveTo(to);
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
        className={tools.stale ? `${styles.table} ${styles.stale}` : styles.table}
        role="grid"
        aria-label={label}
        aria-rowcount={total + 1}
        aria-colcount={5}
        aria-busy={tools.stale || undefined}
        aria-activedescendant={`${id}-${current}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
        data-tool-grid=""
      >
        <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.header}`}>
          {["Decision", "Tool", "What it does", "Last seen", "Tokens"].map((name) => (
            <span key={name} role="columnheader">
              {name}
            </span>
          ))}
        </div>
        <div role="rowgroup" style={{ height: virtual.getTotalSize() }} className={styles.rows}>
          {virtual.getVirtualItems().map(({ index, start }) => (
            <ToolLine
              key={index}
              id={`${id}-${index}`}
              index={index}
              top={start - HEADER}
              row={tools.row(index)}
              active={index === current}
              opened={opened !== null && tools.row(index)?.name === opened}
              now={now}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
