import { useGo } from "../../app/route";
import { AGES, useNow } from "../../clock";
import { Letter, Meter, Waiting } from "../../components/Badges";
import { Button, Spinner } from "../../components/Button";
import type { ServerRow } from "../../ipc/generated";
import { full } from "../../time";
import { count, countsLine, needsYou, readWords, serverFacts, statusWords } from "../../words";
import { useConnect } from "../Connect/context";
import styles from "./Servers.module.css";

/** One server in the list. The whole line opens it; a button stands for what it needs most. */
export function ServerItem({ server }: { server: ServerRow }) {
  const go = useGo();
  const now = useNow(AGES);
  const open = () => go({ screen: "server", id: server.id });
  return (
    <li className={styles.item} data-server={server.id}>
      <Letter name={server.name} size="row" />
      <span className={styles.name}>
        <button type="button" onClick={open} className={styles.open} title={server.name} dir="auto">
          {server.name}
        </button>
        <span className={styles.why} title={serverFacts(server)}>
          {serverFacts(server)}
        </span>
      </span>
      <span className={styles.status}>
        <Status server={server} />
      </span>
      <span className={styles.counts}>
        {server.counts.total > 0 && <Meter counts={server.counts} />}
        <span className={styles.why}>{countsLine(server.counts)}</span>
      </span>
      <span
        className={`${styles.why} ${styles.read}`}
        title={server.last_read_at ? full(server.last_read_at) : undefined}
      >
        {readWords(server, now)}
      </span>
      <Action server={server} onOpen={open} />
    </li>
  );
}

function Status({ server }: { server: ServerRow }) {
  if (server.refreshing) {
    return (
      <span className={styles.reading}>
        <Spinner /> Reading…
      </span>
    );
  }
  if (needsYou(server.status)) return <Waiting icon="warn">{statusWords[server.status]}</Waiting>;
  if (server.counts.changed > 0)
    return <Waiting icon="delta">{count(server.counts.changed, "tool")} changed</Waiting>;
  return <span className={styles.why}>{statusWords[server.status]}</span>;
}

function Action({ server, onOpen }: { server: ServerRow; onOpen: () => void }) {
  const { reconnect, beginning } = useConnect();
  if (needsYou(server.status) && server.is_owner) {
    return (
      <Button
        className={styles.action ?? ""}
        busy={beginning === server.id}
        onClick={() => reconnect(server)}
        aria-label={`${statusWords[server.status]}: ${server.name}`}
      >
        {statusWords[server.status]}
      </Button>
    );
  }
  return (
    <Button kind="quiet" className={styles.action ?? ""} onClick={onOpen} aria-label={`Open ${server.name}`}>
      Open
    </Button>
  );
}
