import { ErrorBlock } from "../../components/Note";
import type { FindingView } from "../../ipc/generated";
import { useCommand } from "../../ipc/queries";
import { findingFacts, foundNothing, notSafe } from "../../reviewWords";
import styles from "./Detail.module.css";

/** Evidence in the text that is there now: where, the words, and one sentence. Never a verdict. */
export function Findings({
  server_id,
  tool,
  findings,
}: {
  server_id: string;
  tool: string;
  findings: FindingView[];
}) {
  const accept = useCommand("accept_finding");
  return (
    <section className={styles.card}>
      <h3>Found in the text there is now</h3>
      {findings.length === 0 ? (
        <p className={styles.quiet}>{foundNothing}</p>
      ) : (
        <>
          <ul className={styles.findings}>
            {findings.map((finding) => (
              <li key={finding.id} className={finding.accepted ? styles.known : undefined}>
                <p>{finding.sentence}</p>
                <p className={styles.excerpt} dir="auto">
                  {finding.before}
                  <mark>{finding.hit}</mark>
                  {finding.after}
                </p>
                <p className={styles.under}>
                  <span className={styles.quiet}>{findingFacts(finding)}</span>
                  <label className={styles.keep}>
                    <input
                      type="checkbox"
                      checked={finding.accepted}
                      onChange={({ target }) =>
                        accept.mutate({ server_id, tool, finding: finding.id, accepted: target.checked })
                      }
                    />
                    Known, keep quiet
                  </label>
                </p>
              </li>
            ))}
          </ul>
          <p className={styles.quiet}>{notSafe}</p>
        </>
      )}
      {accept.error && <ErrorBlock error={accept.error} />}
    </section>
  );
}
