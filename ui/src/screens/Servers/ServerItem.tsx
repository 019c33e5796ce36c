import { useGo } from "../../app/route";
import { AGES, useNow } from "../../clock";
import { Letter, Meter, Waiting } from "../../components/Badges";
import { Button, Spinner } from "../../components/Button";
import { useTell } from "../../components/Toasts";
import { errorWords, retryWords } from "../../errors";
import { health, stepWords } from "../../health";
import type { CommandError, ServerRow } from "../../ipc/generated";
import { notOffline } from "../../manageWords";
import { full } from "../../time";
import { toReviewWords } from "../../reviewWords";
import { countsLine, needsYou, readWords, serverFacts } from "../../serverWords";
import { useConnect } from "../Connect/context";
import { useRefresh } from "../Server/useRefresh";
import { useTurnOn } from "../Server/useTurnOn";
import styles from "./Servers.module.css";

/** One server in the list. The whole line opens it; a button stands for what it needs most. */
export function ServerItem({ server, offline }: { server: ServerRow; offline: boolean }) {
  const go = useGo();
  const now = useNow(AGES);
  const open = () => go({ screen: "server", id: server.id });
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a larger target for the pointer; the name in it is a button and has the keys
    <li
      className={styles.item}
      data-server={server.id}
      onClick={(event) => {
        if (event.target instanceof Element && !event.target.closest("button")) open();
      }}
    >
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
      <Action server={server} offline={offline} onOpen={open} />
    </li>
  );
}

function Status({ server }: { server: ServerRow }) {
  const { word, cause } = health(server, useNow(AGES));
  if (server.refreshing) {
    return (
      <span className={styles.reading}>
        <Spinner /> Reading…
      </span>
    );
  }
  if (cause === "" && server.counts.to_review > 0) return <ToReview server={server} />;
  return (
    <>
      {needsYou(server.status) ? (
        <Waiting icon="warn">{word}</Waiting>
      ) : (
        <span className={styles.why}>{word}</span>
      )}
      {cause && (
        <span className={styles.why} title={cause} dir="auto">
          {cause}
        </span>
      )}
    </>
  );
}

/** How many of its tools changed, as the way to them. */
function ToReview({ server }: { server: ServerRow }) {
  const go = useGo();
  return (
    <button
      type="button"
      className={styles.review}
      onClick={() => go({ screen: "review", at: { server_id: server.id, tool: null } })}
    >
      <Waiting icon="delta">{toReviewWords(server.counts.to_review)}</Waiting>
      <span className="vh"> of {server.name}</span>
    </button>
  );
}

/** The one thing that helps, or else opening it. */
function Action({ server, offline, onOpen }: { server: ServerRow; offline: boolean; onOpen: () => void }) {
  const { reconnect, beginning } = useConnect();
  const tell = useTell();
  const failed = (error: CommandError) =>
    tell({
      title: `${server.name}: ${errorWords(error).title}`,
      text: retryWords(error) || errorWords(error).next,
    });
  const refresh = useRefresh(server, failed);
  const turnOn = useTurnOn(server, failed);
  const { next } = health(server, useNow(AGES));
  if (!next) {
    return (
      <Button
        kind="quiet"
        className={styles.action ?? ""}
        onClick={onOpen}
        aria-label={`Open ${server.name}`}
      >
        Open
      </Button>
    );
  }
  const run = { log_in: () => reconnect(server), turn_on: turnOn.start, refresh: refresh.start }[next];
  return (
    <Button
      className={styles.action ?? ""}
      busy={beginning === server.id || refresh.running || turnOn.running}
      unavailable={offline ? notOffline : ""}
      onClick={run}
      aria-label={`${stepWords(next, server)}: ${server.name}${offline ? `. ${notOffline}` : ""}`}
    >
      {stepWords(next, server)}
    </Button>
  );
}
