import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef } from "react";
import { AGES, useNow } from "../../clock";
import type { GroupStep } from "../../groupWords";
import type { Decision, ReviewCount } from "../../ipc/generated";
import { keysHelp, keysOff } from "../../reviewWords";
import { GroupLine, InboxLine } from "./InboxLine";
import { type Block, blocksOf, keyOf, lineOf, onLine, totalOf } from "./lines";
import styles from "./Inbox.module.css";
import type { Inbox } from "./useInbox";
import type { Checked } from "./useChecked";

/** Heights in pixels, as in the style sheet. */
const ITEM = 56;
const GROUP = 36;

interface InboxListProps {
  inbox: Inbox;
  groups: ReviewCount[];
  checked: Checked;
  /** Single keys act. */
  keysOn: boolean;
  onDecide: (decision: Decision) => void;
  onUndo: () => void;
  onEnter: () => void;
  onGroup: (count: ReviewCount, step: GroupStep) => void;
}

/**
 * What waits, as one flat grid with a header line for each group; only the lines on screen exist. One tab stop. Keys
 * are heard only when the grid itself has the focus, never from something inside it.
 */
export function InboxList({
  inbox,
  groups,
  checked,
  keysOn,
  onDecide,
  onUndo,
  onEnter,
  onGroup,
}: InboxListProps) {
  const id = useId();
  const now = useNow(AGES);
  const scroller = useRef<HTMLDivElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const blocks = blocksOf(groups);
  const total = totalOf(groups);
  const active = lineOf(blocks, inbox.index);
  const headers = new Set(blocks.map(({ line }) => line));
  const virtual = useVirtualizer({
    count: total + blocks.length,
    getScrollElement: () => scroller.current,
    estimateSize: (line) => (headers.has(line) ? GROUP : ITEM),
    overscan: 8,
    scrollPaddingStart: GROUP,
    // The active line is always there, or `aria-activedescendant` would point at nothing.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), active])]
        .filter((line) => line < total + blocks.length)
        .sort((a, b) => a - b),
  });
  const shape = blocks.map(({ line }) => line).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: headers are lower than entries; where they stand decides
  useEffect(() => virtual.measure(), [shape]);
  const { range } = virtual;
  const { look } = inbox.list;
  useEffect(() => {
    if (!range) return;
    look(indexAt(blocks, range.startIndex), indexAt(blocks, range.endIndex), inbox.index);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the line has moved, by hand or with the list
  useEffect(() => virtual.scrollToIndex(active), [active]);
  const { returned } = inbox;
  // What came back is where the hands should be, as the button that brought it is gone; but not behind a dialog.
  useEffect(() => {
    const { activeElement } = document;
    const here = activeElement === document.body || activeElement?.closest("main") != null;
    if (returned > 0 && here) scroller.current?.focus();
  }, [returned]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== scroller.current || event.altKey || event.ctrlKey || event.metaKey) return;
    if (actOn(event) || moveBy(event)) event.preventDefault();
  };
  const moveBy = ({ key, shiftKey }: KeyboardEvent): boolean => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ITEM) - 1);
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -total,
      End: total,
      ...(keysOn && !shiftKey && { j: 1, k: -1 }),
    };
    const by = steps[key];
    if (by === undefined) return false;
    // With nothing marked, the next entry is the one in this place.
    const from = inbox.marked || by < 0 ? inbox.index : inbox.index - 1;
    const to = Math.max(0, Math.min(total - 1, from + by));
    if (shiftKey) checked.reach(inbox.marked ? inbox.index : to, to);
    inbox.moveTo(to);
    return true;
  };
  const actOn = ({ key, shiftKey, repeat }: KeyboardEvent): boolean => {
    if (key === " " && inbox.marked) checked.toggle(inbox.index);
    else if (key === " ") return true;
    else if (key === "Enter") onEnter();
    else if (key === "Escape" && checked.size > 0) checked.clear();
    else if (!keysOn) return false;
    // A key held down decides once, not on whatever comes next.
    else if (repeat) return "rbaz".includes(key.toLowerCase());
    else if (key.toLowerCase() === "r" && !shiftKey) onDecide("needs_approval");
    else if (key.toLowerCase() === "b" && !shiftKey) onDecide("do_not_use");
    else if (key.toLowerCase() === "a" && shiftKey) onDecide("approved");
    else if (key.toLowerCase() === "z" && !shiftKey) onUndo();
    else return false;
    return true;
  };
  const onClick = ({ target, shiftKey }: MouseEvent) => {
    const line = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
    if (!line) return;
    const index = Number(line.dataset.index);
    if (target instanceof Element && target.closest("[data-check]")) checked.toggle(index);
    else if (shiftKey) checked.reach(inbox.marked ? inbox.index : index, index);
    inbox.moveTo(index);
  };

  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.list}
        role="grid"
        aria-label="What waits for you"
        aria-describedby={`${id}-keys`}
        aria-rowcount={total + blocks.length}
        aria-multiselectable="true"
        aria-activedescendant={inbox.marked ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
        data-inbox=""
      >
        <div role="rowgroup" className={styles.lines} style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index: line, start }) => {
            const there = onLine(blocks, line);
            const place = { id: `${id}-${line}`, line, top: start };
            if ("header" in there)
              return (
                <GroupLine key={line} {...place} count={there.header.count} menu={menu} onAct={onGroup} />
              );
            const item = inbox.list.row(there.index);
            return (
              <InboxLine
                key={line}
                {...place}
                index={there.index}
                item={item}
                active={line === active && inbox.marked}
                checked={item !== undefined && checked.has(keyOf(item))}
                now={now}
              />
            );
          })}
        </div>
      </div>
      <div ref={menu} />
      <p className={styles.keys} id={`${id}-keys`}>
        {keysOn ? keysHelp : keysOff}
      </p>
    </div>
  );
}

/** The entry on a line, or the one that follows a header. */
function indexAt(blocks: Block[], line: number): number {
  const there = onLine(blocks, line);
  return "header" in there ? there.header.first : there.index;
}
