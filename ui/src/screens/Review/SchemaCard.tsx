import type { SchemaChange, SchemaDiff } from "../../ipc/generated";
import { parameterWords } from "../../reviewWords";
import { Parts, unmarked } from "./Diff";
import styles from "./Diff.module.css";

/** What became of the parameters: those that stayed in one line, each change as a sentence, JSON where that fails. */
export function SchemaCard({ diff, compared }: { diff: SchemaDiff; compared: boolean }) {
  const { unchanged, unreadable, text } = diff;
  // Without an earlier one, what the whole schema says besides its parameters is only read, as JSON.
  const changes = compared ? diff.changes : diff.changes.filter(({ path }) => path !== "");
  const none = unchanged.length === 0 && changes.length === 0 && !text;
  return (
    <section className={styles.card}>
      <h3>Parameters</h3>
      {unreadable && (
        <p className={styles.quiet}>This schema cannot be read as one, so it is shown as it is.</p>
      )}
      {none && <p className={styles.quiet}>It takes none.</p>}
      {(unchanged.length > 0 || changes.length > 0) && (
        <ul className={styles.schema}>
          {unchanged.length > 0 && (
            <li>
              <span className={styles.same} dir="auto">
                {unchanged.join(", ")}
              </span>
              <span className={styles.how}>{compared ? "same" : ""}</span>
            </li>
          )}
          {changes.map((change) => (
            <Change key={`${change.path} ${change.kind}`} change={change} />
          ))}
        </ul>
      )}
      {text && (
        <div>
          {compared && (
            <>
              <h3>As JSON, before</h3>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
              <section className={styles.json} tabIndex={0} aria-label="Schema before">
                <Parts parts={text.before} />
              </section>
            </>
          )}
          <h3>{compared ? "As JSON, now" : "As JSON"}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as above */}
          <section className={styles.json} tabIndex={0} aria-label="Schema now">
            <Parts parts={compared ? text.after : unmarked(text.after)} />
          </section>
        </div>
      )}
    </section>
  );
}

function Change({ change }: { change: SchemaChange }) {
  const Name = change.kind === "added" ? "ins" : change.kind === "removed" ? "del" : "span";
  return (
    <li>
      <span className={styles.name} dir="auto">
        <Name>{change.path}</Name>
      </span>
      <span className={styles.how}>{parameterWords(change)}</span>
      {change.text && (
        <div className={styles.text} dir="auto">
          <p>
            <span className={styles.quiet}>before: </span>
            <Parts parts={change.text.before} />
          </p>
          <p>
            <span className={styles.quiet}>now: </span>
            <Parts parts={change.text.after} />
          </p>
        </div>
      )}
    </li>
  );
}
