import { useRef, useState } from "react";
import type { ReviewPlace } from "../../app/route";
import { Button } from "../../components/Button";
import { ErrorText } from "../../components/Note";
import { Gap, Head, Screen } from "../../components/Screen";
import { SyncNote } from "../../components/SyncNote";
import { Skeleton, Void } from "../../components/Void";
import { WatchLine } from "../../components/WatchLine";
import type { ReviewCount, ReviewView } from "../../ipc/generated";
import { useServers } from "../../ipc/queries";
import { useReview, useWatchSettings } from "../../ipc/reviewQueries";
import { groupAction } from "../../reviewWords";
import { count } from "../../words";
import { useBatchDesk } from "../Batch/context";
import { Baseline } from "./Baseline";
import { Beside, type BesideHandle } from "./Beside";
import { Empty } from "./Empty";
import { InboxList } from "./InboxList";
import styles from "./Review.module.css";
import { Selected } from "./Selected";
import { useChecked } from "./useChecked";
import { useInbox } from "./useInbox";
import { useSteps } from "./useSteps";

/** The inbox of what changed since the last decision. */
export function Review({ at, onSignIn }: { at?: ReviewPlace | undefined; onSignIn: () => void }) {
  const review = useReview();
  const sync = useServers().data?.sync;
  return (
    <Screen title="Review">
      {review.data ? (
        <Known view={review.data} at={at} onSignIn={onSignIn} />
      ) : (
        <>
          <Head title="Review" />
          {sync && <SyncNote sync={sync} onSignIn={onSignIn} />}
          {review.error ? (
            <Void
              icon="warn"
              title="Review could not be shown"
              actions={<Button onClick={() => void review.refetch()}>Try again</Button>}
            >
              <ErrorText error={review.error} />
            </Void>
          ) : (
            <Skeleton rows={9} height={56} label="Reading what waits" />
          )}
        </>
      )}
    </Screen>
  );
}

function Known({
  view,
  at,
  onSignIn,
}: {
  view: ReviewView;
  at: ReviewPlace | undefined;
  onSignIn: () => void;
}) {
  const desk = useBatchDesk();
  const inbox = useInbox(at, view.revision);
  const steps = useSteps(inbox);
  const checked = useChecked(inbox.list.row);
  const sync = useServers().data?.sync;
  const keysOn = useWatchSettings().data?.review_keys ?? false;
  const beside = useRef<BesideHandle>(null);
  const [baseline, setBaseline] = useState<ReviewCount | null>(null);
  const loudest = view.groups.find(({ group }) => group === "changed_allowed");
  const loudAction = loudest ? groupAction(loudest) : "";

  const onGroup = (group: ReviewCount) => {
    const tools = { of: "group", group: group.group, revision: view.revision } as const;
    if (group.group === "unpinned") setBaseline(group);
    else if (group.group === "removed") steps.accept(tools, count(group.count - group.later, "removal"));
    else desk.plan({ tools, decision: "needs_approval" });
  };
  const empty = view.groups.length === 0 && inbox.opened === null;
  return (
    <>
      <Head title="Review">
        <p className={styles.about}>What changed since you last decided</p>
        <Gap />
        <WatchLine />
        {loudest && loudAction && <Button onClick={() => onGroup(loudest)}>{loudAction}</Button>}
      </Head>
      {sync && <SyncNote sync={sync} onSignIn={onSignIn} />}
      {empty ? (
        <Empty steps={steps} keysOn={keysOn} />
      ) : inbox.list.error && inbox.list.total === null ? (
        <Void
          icon="warn"
          title="Review could not be shown"
          actions={<Button onClick={inbox.list.retry}>Try again</Button>}
        >
          <ErrorText error={inbox.list.error} />
        </Void>
      ) : (
        <div className={styles.columns}>
          <InboxList
            inbox={inbox}
            groups={view.groups}
            checked={checked}
            keysOn={keysOn}
            onDecide={(decision) => beside.current?.decide(decision)}
            onUndo={steps.undo}
            onEnter={() => beside.current?.focus()}
            onGroup={onGroup}
          />
          <div className={styles.right}>
            {checked.size > 0 && <Selected checked={checked} steps={steps} />}
            {inbox.opened && (
              <Beside
                ref={beside}
                opened={inbox.opened}
                moving={inbox.moving}
                steps={steps}
                offline={sync?.offline ?? false}
                keysOn={keysOn}
              />
            )}
          </div>
        </div>
      )}
      {baseline && (
        <Baseline
          count={baseline}
          revision={view.revision}
          onClose={() => setBaseline(null)}
          onAccept={(tools, label) => {
            setBaseline(null);
            steps.accept(tools, label);
          }}
        />
      )}
    </>
  );
}
