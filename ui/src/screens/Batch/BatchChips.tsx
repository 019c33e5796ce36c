import { batchTitle, chipWords } from "../../batchWords";
import { Spinner } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Tip } from "../../components/Tip";
import { useBatches } from "../../ipc/reviewQueries";
import { useBatchDesk } from "./context";
import styles from "./Batch.module.css";

/** Batches that run or stand, above the foot of the rail; each opens its dialog again. */
export function BatchChips({ narrow }: { narrow: boolean }) {
  const { show } = useBatchDesk();
  const open = (useBatches().data ?? []).filter(
    ({ state }) => state === "running" || state === "paused" || state === "interrupted",
  );
  if (open.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label="Decisions under way">
      {open.map((batch) => (
        <li key={batch.id}>
          <Tip text={`${batchTitle(batch)}: ${chipWords(batch)}`} enabled={narrow}>
            <button
              type="button"
              className={batch.state === "interrupted" ? `${styles.chip} ${styles.waits}` : styles.chip}
              onClick={() => show(batch)}
            >
              {batch.state === "running" ? (
                <Spinner />
              ) : (
                <Icon name={batch.state === "interrupted" ? "warn" : "clock"} />
              )}
              <span className={styles.chipText}>
                <b>{batchTitle(batch)}</b>
                <small>{chipWords(batch)}</small>
              </span>
            </button>
          </Tip>
        </li>
      ))}
    </ul>
  );
}
