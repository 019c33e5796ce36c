import { historyLine } from "../../historyWords";
import type { HistoryView } from "../../ipc/generated";
import { full } from "../../time";
import styles from "./ToolPane.module.css";

/** What was decided and noticed here, newest first. */
export function History({ lines }: { lines: HistoryView[] }) {
  if (lines.length === 0) return null;
  return (
    <section>
      <h3>History on this machine</h3>
      <ol className={styles.history}>
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no id, and two may share their time
          <li key={i}>
            <time dateTime={line.at}>{full(line.at)}</time>
            <span>
              {historyLine(line)}
              {line.words && <small dir="auto">{line.words}</small>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
