import { Letter, Waiting } from "../../components/Badges";
import { Button } from "../../components/Button";
import type { Counts, ServerRow } from "../../ipc/generated";
import {
  needsYou,
  number,
  offlineRefusal,
  onlyOwnerRefreshes,
  serverLongFacts,
  statusWords,
} from "../../words";
import { useConnect } from "../Connect/context";
import styles from "./Server.module.css";
import type { Refresh } from "./useRefresh";

/** The top of a server's page: what it is, its status, what can be done with it. */
export function Hero({
  server,
  offline,
  refresh,
}: {
  server: ServerRow;
  offline: boolean;
  refresh: Refresh;
}) {
  const { reconnect, beginning } = useConnect();
  const waiting = needsYou(server.status);
  const whyNot = refreshRefusal(server, offline);
  return (
    <header className={styles.hero}>
      <Letter name={server.name} size="hero" />
      <div className={styles.title}>
        <h1 title={server.name} dir="auto">
          <bdi>{server.name}</bdi>
        </h1>
        {waiting ? (
          <Waiting icon="warn">{statusWords[server.status]}</Waiting>
        ) : (
          <span className={styles.why}>{statusWords[server.status]}</span>
        )}
      </div>
      <div className={styles.do}>
        {waiting && server.is_owner && (
          <Button
            kind="primary"
            busy={beginning === server.id}
            unavailable={offline ? "You are offline" : ""}
            onClick={() => reconnect(server)}
          >
            {statusWords[server.status]}
          </Button>
        )}
        <Button busy={refresh.running} unavailable={whyNot} onClick={refresh.start}>
          Refresh tools
        </Button>
      </div>
      <p className={styles.line} title={serverLongFacts(server)}>
        {serverLongFacts(server)}
      </p>
    </header>
  );
}

function refreshRefusal(server: ServerRow, offline: boolean): string {
  if (offline) return offlineRefusal;
  if (!server.is_owner) return onlyOwnerRefreshes;
  if (server.status === "off") return "PostHog does not read a server that is off.";
  if (server.status === "finish_connecting") return "Finish connecting first.";
  return "";
}

/** What its tools may do, in numbers. */
export function Facts({ counts }: { counts: Counts }) {
  const facts: [string, string][] = [
    [number(counts.total), counts.total === 1 ? "tool" : "tools"],
    [number(counts.allowed), "allowed"],
    [number(counts.ask), "ask first"],
    [number(counts.blocked), "blocked"],
    ...(counts.changed > 0 ? [[number(counts.changed), "changed"] as [string, string]] : []),
    [`≈ ${number(counts.tokens)}`, "tokens when listed (estimate)"],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([value, label]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
