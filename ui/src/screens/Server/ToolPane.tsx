import { useEffect, useRef, useState } from "react";
import { useGo } from "../../app/route";
import { AGES, useNow } from "../../clock";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { ErrorBlock, ErrorText } from "../../components/Note";
import { Void } from "../../components/Void";
import { changedWords, firstSeen } from "../../historyWords";
import type { Decision, ServerRow, ToolDetail } from "../../ipc/generated";
import { useTool } from "../../ipc/queries";
import { dayWord } from "../../time";
import {
  ceilingWords,
  claimWords,
  decidedBy,
  decisionWords,
  isDecision,
  keepWords,
  movedWords,
  number,
  outcomeWords,
  stateWord,
} from "../../words";
import { DecisionPicker } from "./DecisionPicker";
import { History } from "./History";
import { Parameters } from "./Parameters";
import styles from "./ToolPane.module.css";
import { useDecide } from "./useDecide";

interface ToolPaneProps {
  server: ServerRow;
  tool: string;
  /** It was opened from the keyboard: the focus goes along. */
  takeFocus: boolean;
  offline: boolean;
  onClose: () => void;
}

/** Letters of a name or title that the top of the pane surely shows; a longer one is also told in full below. */
const LONG_NAME = 40;

/** One tool, whole: what it may do, who decided, and what the server says it is. */
export function ToolPane({ server, tool, takeFocus, offline, onClose }: ToolPaneProps) {
  const detail = useTool(server.id, tool);
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    if (takeFocus) pane.current?.focus();
  }, [takeFocus]);
  const close = () => {
    onClose();
    document.querySelector<HTMLElement>("[data-tool-grid]")?.focus();
  };
  const name = detail.data?.row.label ?? tool;
  return (
    <aside
      className={styles.pane}
      aria-label={`Tool ${name}`}
      ref={pane}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        close();
      }}
    >
      <div className={styles.corner}>
        <button type="button" className={styles.close} aria-label="Close the tool" onClick={close}>
          <Icon name="close" />
        </button>
      </div>
      {detail.data ? (
        <Loaded detail={detail.data} offline={offline} />
      ) : detail.error ? (
        <Void
          icon="warn"
          title="The tool could not be shown"
          actions={<Button onClick={() => void detail.refetch()}>Try again</Button>}
        >
          <ErrorText error={detail.error} />
        </Void>
      ) : (
        <p className={styles.loading} role="status">
          Reading the tool…
        </p>
      )}
    </aside>
  );
}

function Loaded({ detail, offline }: { detail: ToolDetail; offline: boolean }) {
  const { row } = detail;
  // A decision is about what the person has read: when another definition comes in meanwhile, it has to be read first.
  const [read, setRead] = useState(row.fingerprint);
  const moved = row.fingerprint !== read;
  const go = useGo();
  const now = useNow(AGES);
  const decide = useDecide(detail.server_id, row.label);
  const pending = decide.isPending ? decide.variables.decision : null;
  const onDecide = (decision: Decision) =>
    decide.mutate({ server_id: detail.server_id, tool: row.name, decision, fingerprint: read });
  const noticed = firstSeen(detail.history);
  const facts = [
    noticed && `noticed here ${dayWord(noticed, now)}`,
    row.last_seen_at && `PostHog last saw it ${dayWord(row.last_seen_at, now)}`,
  ];
  const status = decide.isPending
    ? `Telling PostHog: ${decisionWords[decide.variables.decision].is}…`
    : decide.data
      ? outcomeWords[decide.data.outcome](
          stateWord(decide.data.row.state),
          decisionWords[decide.variables.decision].is,
        )
      : "";
  const claimed = claimWords(row.claims);
  return (
    <>
      <div className={styles.top}>
        <div>
          <h2 title={row.label}>
            <bdi>{row.label}</bdi>
          </h2>
          {row.title && (
            <p className={styles.title} title={row.title} dir="auto">
              {row.title}
            </p>
          )}
          <p className={`${styles.why} ${styles.facts}`}>{facts.filter(Boolean).join(" · ")}</p>
        </div>
        <DecisionPicker row={row} offline={offline} moved={moved} pending={pending} onDecide={onDecide} />
        <p role="status" className={styles.status}>
          {status}
        </p>
        {decide.error && <ErrorBlock error={decide.error} />}
      </div>
      {moved && (
        <div className={styles.alert} role="alert">
          <Icon name="delta" />
          <div>
            <p>{movedWords}</p>
            <Button onClick={() => setRead(row.fingerprint)}>I have read it</Button>
          </div>
        </div>
      )}
      {row.removed_at && (
        <p className={styles.fact}>
          <Icon name="info" />
          <span>
            The server no longer offers this tool; noticed {dayWord(row.removed_at, now)}. PostHog keeps the
            decision and uses it again if the tool comes back.
          </span>
        </p>
      )}
      {row.changed && (
        <div className={styles.alert}>
          <Icon name="delta" />
          <div>
            <p>{changedWords(detail.history)} What you see below is the definition now.</p>
            {isDecision(row.state) && row.choices.includes(row.state) && !offline && !moved && (
              <Button busy={decide.isPending} onClick={() => isDecision(row.state) && onDecide(row.state)}>
                {keepWords[row.state]}
              </Button>
            )}
            <Button
              onClick={() => go({ screen: "review", at: { server_id: detail.server_id, tool: row.name } })}
            >
              See the change
            </Button>
          </div>
        </div>
      )}
      {(row.label.length > LONG_NAME || row.title.length > LONG_NAME) && (
        <section>
          <h3>Its whole name</h3>
          <p className={styles.description} dir="auto">
            <code>{row.label}</code>
          </p>
          <p className={styles.description} dir="auto">
            {row.title}
          </p>
        </section>
      )}
      <section>
        <h3>Who decides</h3>
        <p>
          {decidedBy(row.decided_by)} {ceilingWords(row.ceiling)}
        </p>
      </section>
      <section>
        <h3>Description, as the server gives it</h3>
        {detail.description ? (
          <p className={styles.description} dir="auto">
            {detail.description}
          </p>
        ) : (
          <p className={styles.why}>The server gives none.</p>
        )}
        {detail.description_clipped && (
          <p className={styles.why}>It is longer than this; the rest is not shown.</p>
        )}
      </section>
      {claimed && <p className={styles.why}>{claimed} That is its own word; Hedgerow cannot check it.</p>}
      <Parameters parameters={detail.parameters} schema={detail.schema} />
      <p className={styles.why}>About {number(row.tokens)} tokens each time a client lists it (estimate).</p>
      <History lines={detail.history} />
    </>
  );
}
