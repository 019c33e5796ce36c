import { AGES, useNow } from "../../clock";
import { Button, Spinner } from "../../components/Button";
import { ErrorText, Note } from "../../components/Note";
import type { ServerRow } from "../../ipc/generated";
import { needsYou, refreshing, statusNote } from "../../words";
import { useConnect } from "../Connect/context";
import styles from "./Server.module.css";
import type { Refresh } from "./useRefresh";

/** What is wrong with the server, if anything, in our words and then in PostHog's. */
export function StatusNote({ server }: { server: ServerRow }) {
  const now = useNow(AGES);
  const { reconnect, beginning } = useConnect();
  const note = statusNote(server, now);
  if (!note) return null;
  // A server that refuses its login looks connected to PostHog, so logging in again has to be offered here.
  const offerLogin = server.status === "last_read_failed" && server.auth === "oauth" && server.is_owner;
  return (
    <Note
      icon={needsYou(server.status) || server.status === "last_read_failed" ? "warn" : "info"}
      actions={
        offerLogin && (
          <Button busy={beginning === server.id} onClick={() => reconnect(server)}>
            Log in again
          </Button>
        )
      }
    >
      {note}
      {server.last_error && <span className={styles.said}>PostHog said: {server.last_error}</span>}
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
      {refresh.error && (
        <Note
          icon="warn"
          actions={
            <>
              <Button onClick={refresh.start}>Try again</Button>
              <Button kind="quiet" onClick={refresh.forget}>
                Dismiss
              </Button>
            </>
          }
        >
          <ErrorText error={refresh.error} />
        </Note>
      )}
    </div>
  );
}
