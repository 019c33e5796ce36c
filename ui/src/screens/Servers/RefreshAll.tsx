import { useNow } from "../../clock";
import { Button, Spinner } from "../../components/Button";
import { ErrorText, Note } from "../../components/Note";
import type { ServersView } from "../../ipc/generated";
import { useCommand } from "../../ipc/queries";
import { notOffline, queueResumes, queueWords, readable } from "../../manageWords";
import styles from "./Servers.module.css";

export const useRefreshAll = () => useCommand("refresh_all");
type All = ReturnType<typeof useRefreshAll>;

/** Lets PostHog read every server again, one after the other. */
export function RefreshAll({ view: { servers, sync }, all }: { view: ServersView; all: All }) {
  const refusal = sync.offline
    ? notOffline
    : servers.some(readable)
      ? ""
      : "None of these servers is yours, on and connected.";
  return (
    <Button
      busy={all.isPending || sync.queue.length > 0}
      unavailable={refusal}
      title="PostHog reads each of your servers again, one after the other"
      onClick={() => all.mutate({})}
    >
      Refresh all
    </Button>
  );
}

/** What still waits to be read, what it waits for, and the way to stop it; or why it did not begin. */
export function QueueNote({ view: { servers, sync }, all }: { view: ServersView; all: All }) {
  const stop = useCommand("stop_refreshing");
  const now = useNow(1000);
  const error = all.error ?? stop.error;
  const forget = () => {
    all.reset();
    stop.reset();
  };
  return (
    <>
      {error && (
        <Note
          icon="warn"
          live
          actions={
            <Button kind="quiet" onClick={forget}>
              Dismiss
            </Button>
          }
        >
          <ErrorText error={error} />
        </Note>
      )}
      {sync.queue.length > 0 && (
        <div className={styles.queue}>
          <Spinner />
          <p>
            <span role="status">{queueWords(sync, servers)}</span>{" "}
            <span role="timer">{queueResumes(sync, now)}</span>
          </p>
          <Button busy={stop.isPending} onClick={() => stop.mutate({})}>
            Stop
          </Button>
        </div>
      )}
    </>
  );
}
