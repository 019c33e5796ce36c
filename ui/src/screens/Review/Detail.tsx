import type { ReactNode } from "react";
import { AGES, useNow } from "../../clock";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { ErrorText } from "../../components/Note";
import { Void } from "../../components/Void";
import type { CommandError, ReviewDetail, ReviewItem } from "../../ipc/generated";
import { alertWords, beforeWords, entryFacts, itemWords, lastReadWords, waits } from "../../reviewWords";
import { movedWords } from "../../words";
import styles from "./Detail.module.css";
import diff from "./Diff.module.css";
import { TextCards } from "./Diff";
import { Findings } from "./Findings";
import { SchemaCard } from "./SchemaCard";

/** What was decided on and what is there now. Looking at it settles nothing. */
export function Detail({
  detail,
  moved,
  onRead,
}: {
  detail: ReviewDetail;
  moved: boolean;
  onRead: () => void;
}) {
  const now = useNow(AGES);
  const { item, base, title, description, parameters, findings } = detail;
  const sides = item.group === "removed" ? "before" : base ? "both" : "now";
  const earlier = beforeWords(base);
  return (
    <Frame name={item.row?.label ?? ""} facts={entryFacts(item, base, now)} code>
      {moved && (
        <div className={styles.alert} role="alert">
          <Icon name="delta" />
          <div>
            <p>{movedWords}</p>
            <Button onClick={onRead}>I have read it</Button>
          </div>
        </div>
      )}
      <Alert item={item} detail={detail} />
      {(!title.same || (sides === "now" && title.after.length > 0)) && (
        <TextCards what="Title" text={title} earlier={earlier} sides={sides} />
      )}
      <TextCards what="Description" text={description} earlier={earlier} sides={sides} />
      <SchemaCard diff={parameters} compared={sides === "both"} />
      {item.group !== "removed" && (
        <Findings server_id={item.server_id} tool={item.row?.name ?? ""} findings={findings} />
      )}
    </Frame>
  );
}

function Alert({ item, detail }: { item: ReviewItem; detail: ReviewDetail | null }) {
  const loud = waits(item) && item.group !== "removed" && item.group !== "unpinned";
  return (
    <p className={loud ? styles.alert : styles.fact}>
      <Icon name={item.group === "connections" ? "warn" : loud ? "delta" : "info"} />
      <span>{alertWords(item, detail?.base ?? null)}</span>
    </p>
  );
}

/** A connection that needs its person: there is no definition to compare. */
export function ConnectionDetail({ item, cause }: { item: ReviewItem; cause: string }) {
  const now = useNow(AGES);
  return (
    <Frame
      name={item.server_name}
      facts={`${itemWords(item, now)} · ${lastReadWords(item, now)}`}
      code={false}
    >
      <Alert item={item} detail={null} />
      {cause && (
        <section className={diff.card}>
          <h3>What PostHog or the server says</h3>
          <p className={styles.said} dir="auto">
            {cause}
          </p>
        </section>
      )}
    </Frame>
  );
}

/** The entry could not be compared. */
export const DetailError = ({ error, onRetry }: { error: CommandError; onRetry: () => void }) => (
  <Void
    icon="warn"
    title="The change could not be shown"
    actions={<Button onClick={onRetry}>Try again</Button>}
  >
    <ErrorText error={error} />
  </Void>
);

function Frame({
  name,
  facts,
  code,
  children,
}: {
  name: string;
  facts: string;
  code: boolean;
  children: ReactNode;
}) {
  return (
    <>
      <header>
        <h2 className={code ? styles.tool : styles.server}>
          <bdi>{name}</bdi>
        </h2>
        <p className={styles.quiet}>{facts}</p>
      </header>
      {children}
    </>
  );
}
