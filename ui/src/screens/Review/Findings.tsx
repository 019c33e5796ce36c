import { ErrorBlock } from "../../components/Note";
import type { FindingView } from "../../ipc/generated";
import { useCommand } from "../../ipc/queries";
import { byWeight, findingFacts, foundNothing, foundOnlyNotes, notSafe } from "../../findingWords";
import styles from "./Detail.module.css";
import diff from "./Diff.module.css";

interface FindingsProps {
  server_id: string;
  tool: string;
  findings: FindingView[];
}

/**
 * Evidence in the text that is there now: where, the words, and one sentence. Never a verdict. What warns comes first;
 * what honest definitions have as well stands quietly below it.
 */
export function Findings({ server_id, tool, findings }: FindingsProps) {
  const accept = useCommand("accept_finding");
  const { warnings, notes } = byWeight(findings);
  const list = (some: FindingView[], look: string | undefined) => (
    <ul className={[styles.findings, look].filter(Boolean).join(" ")}>
      {some.map((finding) => (
        <Finding
          key={finding.id}
          finding={finding}
          onAccept={(accepted) => accept.mutate({ server_id, tool, finding: finding.id, accepted })}
        />
      ))}
    </ul>
  );
  return (
    <section className={diff.card}>
      <h3>Found in the text there is now</h3>
      {findings.length === 0 && <p className={styles.quiet}>{foundNothing}</p>}
      {warnings.length > 0 && list(warnings, undefined)}
      {notes.length > 0 && (
        <>
          <h4 className={styles.also}>Also there:</h4>
          {list(notes, styles.notes)}
        </>
      )}
      {findings.length > 0 && (
        <p className={styles.quiet}>{warnings.length > 0 ? notSafe : foundOnlyNotes}</p>
      )}
      {accept.error && <ErrorBlock error={accept.error} />}
    </section>
  );
}

function Finding({ finding, onAccept }: { finding: FindingView; onAccept: (accepted: boolean) => void }) {
  return (
    <li
      className={finding.accepted ? styles.known : undefined}
      data-finding={finding.note ? "note" : "warning"}
    >
      <p className={styles.sentence}>{finding.sentence}</p>
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
            onChange={({ target }) => onAccept(target.checked)}
          />
          Known, keep quiet
        </label>
      </p>
    </li>
  );
}
