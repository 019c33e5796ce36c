import { useState } from "react";
import type { ParameterView } from "../../ipc/generated";
import { count } from "../../words";
import styles from "./ToolPane.module.css";

/** Parameters listed before the rest is asked for. */
const FIRST = 60;

/** What the tool takes, as a tree or as the schema itself. */
export function Parameters({ parameters, schema }: { parameters: ParameterView[]; schema: string }) {
  const [raw, setRaw] = useState(false);
  const [all, setAll] = useState(false);
  const shown = all ? parameters : parameters.slice(0, FIRST);
  return (
    <section>
      <div className={styles.heading}>
        <h3>Takes</h3>
        <button type="button" className={styles.link} aria-pressed={raw} onClick={() => setRaw(!raw)}>
          As JSON
        </button>
      </div>
      {raw ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
        <pre className={styles.json} tabIndex={0} aria-label="Schema as JSON" role="region">
          {schema}
        </pre>
      ) : parameters.length === 0 ? (
        <p className={styles.why}>No parameters that can be listed.</p>
      ) : (
        <ul className={styles.schema}>
          {shown.map((parameter, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat at different places of the tree, and the list never moves
            <li key={i} style={{ paddingInlineStart: 10 + Math.min(parameter.depth, 6) * 14 }}>
              <span className={styles.parameter}>
                <b>
                  {parameter.depth > 0 && <span className="vh">level {parameter.depth + 1}: </span>}
                  <bdi>{parameter.name}</bdi>
                </b>
                <i>
                  {parameter.kind}
                  {parameter.required && " · required"}
                </i>
              </span>
              {parameter.description && (
                <span className={styles.about} dir="auto">
                  {parameter.description}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {!raw && parameters.length > shown.length && (
        <button type="button" className={styles.link} onClick={() => setAll(true)}>
          Show all {count(parameters.length, "parameter")}
        </button>
      )}
    </section>
  );
}
