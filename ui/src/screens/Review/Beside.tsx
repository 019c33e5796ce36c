import { type Ref, useImperativeHandle, useRef, useState } from "react";
import { AGES, useNow } from "../../clock";
import { Button } from "../../components/Button";
import { health, stepWords } from "../../health";
import type { Decision, ReviewDetail, SeenTool, ServerRow } from "../../ipc/generated";
import { useServers } from "../../ipc/queries";
import { useReviewOf } from "../../ipc/reviewQueries";
import { notOffline } from "../../manageWords";
import { readFirst } from "../../reviewWords";
import { fixedWords } from "../../words";
import { useConnect } from "../Connect/context";
import { useRefresh } from "../Server/useRefresh";
import { Actions, Foot, refusalFor } from "./Actions";
import { ConnectionDetail, Detail, DetailError } from "./Detail";
import styles from "./Detail.module.css";
import { type Opened, openedKey } from "./useInbox";
import type { Steps } from "./useSteps";

export interface BesideHandle {
  /** Decides on the entry on screen, if that can be done now. */
  decide: (decision: Decision) => void;
  focus: () => void;
}

interface BesideProps {
  ref: Ref<BesideHandle>;
  opened: Opened;
  moving: boolean;
  steps: Steps;
  offline: boolean;
  keysOn: boolean;
}

/** The right side: one entry, and what can be done with it. Only what is on screen and was read can be decided on. */
export function Beside({ ref, opened, moving, steps, offline, keysOn }: BesideProps) {
  const key = openedKey(opened);
  const query = useReviewOf(opened.server_id, opened.tool);
  const body = useRef<HTMLElement>(null);
  const detail = query.data;
  // A decision is about what the person has read: when another definition comes in meanwhile, it has to be read first.
  const [read, setRead] = useState<{ key: string; fingerprint: string } | null>(null);
  const there = detail?.item.row?.fingerprint;
  if (there !== undefined && read?.key !== key) setRead({ key, fingerprint: there });
  const moved = there !== undefined && read?.key === key && read.fingerprint !== there;
  const wait = moving || !detail ? "This entry is on its way" : moved ? readFirst : "";
  const row = detail?.item.row ?? null;
  const label = row?.label ?? "";
  const seen = (): SeenTool | null =>
    row && read?.key === key && !wait && !steps.busy
      ? { server_id: opened.server_id, tool: row.name, fingerprint: read.fingerprint }
      : null;
  const decide = (decision: Decision) => {
    const tool = seen();
    if (tool && row && detail?.item.group !== "removed" && !refusalFor(row, decision, offline))
      steps.decide(tool, label, decision);
  };
  useImperativeHandle(ref, () => ({ decide, focus: () => body.current?.focus() }));

  if (opened.tool === null)
    return <Connection opened={opened} steps={steps} offline={offline} keysOn={keysOn} />;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section key={key} className={styles.body} aria-label="The change" tabIndex={0} ref={body}>
        {detail ? (
          <Detail
            detail={detail}
            moved={moved}
            onRead={() => there !== undefined && setRead({ key, fingerprint: there })}
          />
        ) : query.error ? (
          <DetailError error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <p className={styles.loading} role="status">
            Reading the change…
          </p>
        )}
      </section>
      <Foot steps={steps} reason={reasonFor(detail)} keysOn={keysOn}>
        {detail && (
          <Actions
            item={detail.item}
            steps={steps}
            wait={wait}
            offline={offline}
            keysOn={keysOn}
            onDecide={decide}
            onAccept={() => {
              const tool = seen();
              if (tool) steps.accept({ of: "tools", tools: [tool] }, label);
            }}
            onLater={() => {
              const tool = seen();
              if (tool) steps.putOff(tool, label, !detail.item.later);
            }}
          />
        )}
      </Foot>
    </>
  );
}

const reasonFor = (detail: ReviewDetail | undefined) => {
  const fixed = detail?.item.row?.fixed;
  return fixed && detail.item.group !== "removed" ? fixedWords[fixed] : "";
};

/** A connection of the inbox: why it needs its person, and the one thing that helps. */
function Connection({
  opened,
  steps,
  offline,
  keysOn,
}: {
  opened: Opened;
  steps: Steps;
  offline: boolean;
  keysOn: boolean;
}) {
  const server = useServers().data?.servers.find(({ id }) => id === opened.server_id);
  if (!opened.item) return null;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className={styles.body} aria-label="The connection" tabIndex={0}>
        <ConnectionDetail item={opened.item} cause={server?.last_error ?? ""} />
      </section>
      <Foot steps={steps} reason="" keysOn={keysOn}>
        {server && <NextStep server={server} offline={offline} />}
      </Foot>
    </>
  );
}

function NextStep({ server, offline }: { server: ServerRow; offline: boolean }) {
  const { reconnect, beginning } = useConnect();
  const refresh = useRefresh(server);
  const { next } = health(server, useNow(AGES));
  if (next !== "log_in" && next !== "refresh") return null;
  return (
    <div>
      <Button
        kind="primary"
        busy={beginning === server.id || refresh.running}
        unavailable={offline ? notOffline : ""}
        onClick={next === "log_in" ? () => reconnect(server) : refresh.start}
      >
        {stepWords(next, server)}
      </Button>
    </div>
  );
}
