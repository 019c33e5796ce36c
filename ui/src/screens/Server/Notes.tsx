import { AGES, useNow } from "../../clock";
import { Button, Spinner } from "../../components/Button";
import { ErrorText, Note, Said } from "../../components/Note";
import { isStale } from "../../health";
import type { CommandError, ServerRow } from "../../ipc/generated";
import { needsYou, refreshing, staleNote, statusNote } from "../../serverWords";
import styles from "./Server.module.css";
import type { Refresh } from "./useRefresh";

/**
 * What is wrong with the server, if anything, in our words and then in PostHog's. What helps stands above it. `newer`
 * is a refresh that failed just now: its note says what PostHog said, so this one does not.
 */
export function StatusNote({ server, newer }: { server: ServerRow; newer: CommandError | null }) {
  const now = useNow(AGES);
  const note = [statusNote(server, now), isStale(server, now) && staleNote(server, now)]
    .filter(Boolean)
    .join(" ");
  if (!note) return null;
  return (
    <Note icon={needsYou(server.status) || server.status === "last_read_failed" ? "warn" : "info"}>
      {note}
      {server.last_error && !newer?.message && <Said>{`PostHog said: ${server.last_error}`}</Said>}
    </Note>
  );
}

/** How the refresh that was asked for is going. */
export function RefreshNote({ server, refresh }: { server: ServerRow; refresh: Refresh }) {
  return (
    <div role="status">
      {refresh.running && (
        <div className={styles.progress}>
          <Spinner />
          {refreshing(server.name)}
        </div>
      )}
      <Failed work={refresh} />
    </div>
  );
}

/** How turning the server on is going. */
export function TurnOnNote({ turnOn }: { turnOn: Refresh }) {
  return (
    <div role="status">
      <Failed work={turnOn} />
    </div>
  );
}

function Failed({ work }: { work: Refresh }) {
  if (!work.error) return null;
  return (
    <Note
      icon="warn"
      actions={
        <>
          <Button onClick={work.start}>Try again</Button>
          <Button kind="quiet" onClick={work.forget}>
            Dismiss
          </Button>
        </>
      }
    >
      <ErrorText error={work.error} />
    </Note>
  );
}
