import type { ReactNode } from "react";
import { useGo } from "../../app/route";
import { AGES, useNow } from "../../clock";
import { Letter, Waiting } from "../../components/Badges";
import { Button } from "../../components/Button";
import { health, stepWords } from "../../health";
import type { Counts, ServerRow } from "../../ipc/generated";
import { notOffline, onlyOwner } from "../../manageWords";
import { needsYou, onlyOwnerRefreshes, serverLongFacts } from "../../serverWords";
import { number } from "../../words";
import { useConnect } from "../Connect/context";
import { More } from "./More";
import styles from "./Server.module.css";
import type { Refresh } from "./useRefresh";

interface HeroProps {
  server: ServerRow;
  offline: boolean;
  refresh: Refresh;
  turnOn: Refresh;
}

/** The top of a server's page: what it is, its status, what can be done with it. The next step stands out. */
export function Hero({ server, offline, refresh, turnOn }: HeroProps) {
  const { reconnect, beginning } = useConnect();
  const { word, next } = health(server, useNow(AGES));
  const refusal = offline ? notOffline : "";
  return (
    <header className={styles.hero}>
      <Letter name={server.name} size="hero" />
      <div className={styles.title}>
        <h1 title={server.name} dir="auto">
          <bdi>{server.name}</bdi>
        </h1>
        {needsYou(server.status) ? (
          <Waiting icon="warn">{word}</Waiting>
        ) : (
          <span className={styles.why}>{word}</span>
        )}
      </div>
      <div className={styles.do}>
        {next === "log_in" && (
          <Button
            kind="primary"
            busy={beginning === server.id}
            unavailable={refusal}
            onClick={() => reconnect(server)}
          >
            {stepWords(next, server)}
          </Button>
        )}
        {server.status === "off" && (
          <Button
            kind="primary"
            busy={turnOn.running}
            unavailable={server.is_owner ? refusal : onlyOwner}
            onClick={turnOn.start}
          >
            Turn on
          </Button>
        )}
        <Button
          kind={next === "refresh" ? "primary" : "plain"}
          busy={refresh.running}
          unavailable={refreshRefusal(server, offline)}
          onClick={refresh.start}
        >
          Refresh tools
        </Button>
        <More server={server} offline={offline} turnOn={turnOn.start} />
      </div>
      <div className={styles.lines}>
        <p className={styles.line} title={serverLongFacts(server)}>
          {serverLongFacts(server)}
        </p>
        {server.description && (
          <p className={styles.line} title={server.description} dir="auto">
            {server.description}
          </p>
        )}
      </div>
    </header>
  );
}

function refreshRefusal(server: ServerRow, offline: boolean): string {
  if (offline) return notOffline;
  if (!server.is_owner) return onlyOwnerRefreshes;
  if (server.status === "off") return "PostHog does not read a server that is off.";
  if (server.status === "finish_connecting") return "Finish connecting first.";
  return "";
}

/** What its tools may do, in numbers; what waits leads to Review. */
export function Facts({ id, counts }: { id: string; counts: Counts }) {
  const go = useGo();
  const review = (
    <button
      type="button"
      className={styles.waits}
      aria-label={`${number(counts.to_review)} to review: see them in Review`}
      onClick={() => go({ screen: "review", at: { server_id: id, tool: null } })}
    >
      {number(counts.to_review)}
    </button>
  );
  const facts: [ReactNode, string][] = [
    [number(counts.total), counts.total === 1 ? "tool" : "tools"],
    [number(counts.allowed), "allowed"],
    [number(counts.ask), "ask first"],
    [number(counts.blocked), "blocked"],
    ...(counts.to_review > 0 ? [[review, "to review"] as [ReactNode, string]] : []),
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
