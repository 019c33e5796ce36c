import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { itemWords } from "../../batchWords";
import { Button } from "../../components/Button";
import { ErrorText } from "../../components/Note";
import { errorWords } from "../../errors";
import type { BatchItem, ItemResult, PlanPart } from "../../ipc/generated";
import { keys } from "../../ipc/queries";
import { useWindow, type Window } from "../../ipc/reviewQueries";
import styles from "./Batch.module.css";

/** Height in pixels, as in the style sheet. */
const ROW = 40;

type Of = { plan: number; part: PlanPart } | { batch: number; result: ItemResult | null };

/** The tools of one part of a plan or with one result; only the lines on screen exist. */
export function ItemList({ of, label }: { of: Of; label: string }) {
  return "plan" in of ? <PlanItems of={of} label={label} /> : <BatchItems of={of} label={label} />;
}

function PlanItems({ of, label }: { of: { plan: number; part: PlanPart }; label: string }) {
  return <Lines list={useWindow("list_plan", ["plan"], of)} label={label} />;
}

function BatchItems({ of, label }: { of: { batch: number; result: ItemResult | null }; label: string }) {
  return <Lines list={useWindow("list_batch_items", [...keys.batches, "items"], of)} label={label} />;
}

function Lines({ list, label }: { list: Window<BatchItem>; label: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const total = list.total ?? 0;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
  });
  const { range } = virtual;
  const { look } = list;
  useEffect(() => {
    if (range) look(range.startIndex, range.endIndex, range.startIndex);
  }, [range, look]);
  if (list.error)
    return (
      <p className={styles.inside}>
        <ErrorText error={list.error} /> <Button onClick={list.retry}>Try again</Button>
      </p>
    );
  if (list.total === null)
    return (
      <p className={styles.inside} role="status">
        Reading which…
      </p>
    );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section ref={scroller} className={styles.items} tabIndex={0} aria-label={label}>
      <ul className={styles.lines} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => (
          <Line key={index} item={list.row(index)} top={start} />
        ))}
      </ul>
    </section>
  );
}

function Line({ item, top }: { item: BatchItem | undefined; top: number }) {
  const place = { transform: `translateY(${top}px)` };
  if (!item)
    return (
      <li className={styles.item} style={place} aria-busy="true">
        <span className="vh">On its way</span>
      </li>
    );
  const why = item.problem ? item.problem.message || errorWords(item.problem).title : "";
  return (
    <li className={styles.item} style={place} data-item={item.tool}>
      <code title={item.label} dir="auto">
        {item.label}
      </code>
      <span title={item.server_name} dir="auto">
        {item.server_name}
      </span>
      <small title={why || itemWords(item)} dir="auto">
        {why || itemWords(item)}
      </small>
    </li>
  );
}
