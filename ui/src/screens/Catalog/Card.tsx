import { useGo } from "../../app/route";
import { Letter, Waiting } from "../../components/Badges";
import { Button } from "../../components/Button";
import type { CatalogEntry } from "../../ipc/generated";
import { notOffline } from "../../manageWords";
import { entryFacts, notConnectable } from "../../connectWords";
import { needsYou, shortStatus, statusWords } from "../../serverWords";
import { useConnect } from "../Connect/context";
import styles from "./Catalog.module.css";

/** One catalog entry: what it is, whether it is connected, and the one thing to do about it. */
export function Card({ entry, offline }: { entry: CatalogEntry; offline: boolean }) {
  const waiting = entry.installed !== null && needsYou(entry.installed.status);
  return (
    <li className={styles.card} data-template={entry.name}>
      <Letter name={entry.name} size="card" />
      <h2 className={styles.name} title={entry.name}>
        {entry.name}
      </h2>
      <small className={styles.why}>{entryFacts(entry)}</small>
      <p className={styles.text}>{entry.description || "No description."}</p>
      <div className={styles.foot}>
        {entry.installed && waiting ? (
          <Waiting icon="warn">{shortStatus(entry.installed.status)}</Waiting>
        ) : (
          <small className={styles.why} title={footText(entry)}>
            {footText(entry)}
          </small>
        )}
        <Action entry={entry} offline={offline} />
      </div>
    </li>
  );
}

/** Where it is; or how it is connected; or why it cannot be, unless its button says so. */
function footText(entry: CatalogEntry): string {
  if (entry.installed) return statusWords[entry.installed.status];
  return (!entry.coming_soon && notConnectable(entry)) || entry.host;
}

function Action({ entry, offline }: { entry: CatalogEntry; offline: boolean }) {
  const { connect, reconnect, beginning } = useConnect();
  const go = useGo();
  const { installed } = entry;
  const refusal = offline ? notOffline : "";
  if (!installed) {
    const reason = notConnectable(entry) || refusal;
    return (
      <Button
        busy={beginning === entry.id}
        unavailable={reason}
        onClick={() => connect(entry)}
        aria-label={reason ? undefined : `Connect ${entry.name}`}
      >
        {entry.coming_soon ? "Coming soon" : "Connect"}
      </Button>
    );
  }
  if (needsYou(installed.status)) {
    return (
      <Button
        busy={beginning === installed.server_id}
        unavailable={refusal}
        onClick={() => reconnect({ id: installed.server_id, name: entry.name })}
        aria-label={`${statusWords[installed.status]}: ${entry.name}${refusal && `. ${refusal}`}`}
      >
        {statusWords[installed.status]}
      </Button>
    );
  }
  return (
    <Button
      kind="quiet"
      onClick={() => go({ screen: "server", id: installed.server_id })}
      aria-label={`Open ${entry.name}`}
    >
      Open
    </Button>
  );
}
