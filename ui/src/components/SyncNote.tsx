import { AGES, useNow } from "../clock";
import type { SyncView } from "../ipc/generated";
import { useCommand } from "../ipc/queries";
import { offlineWords } from "../serverWords";
import { Button } from "./Button";
import { ErrorText, Note } from "./Note";

/** Says when what is shown is not what PostHog says now, and why. */
export function SyncNote({ sync, onSignIn }: { sync: SyncView; onSignIn: () => void }) {
  const now = useNow(AGES);
  const again = useCommand("sync_now");
  const busy = again.isPending || sync.running;
  if (sync.offline) {
    return (
      <Note
        icon="cloud"
        live
        actions={
          <Button busy={busy} onClick={() => again.mutate({})}>
            Try now
          </Button>
        }
      >
        <b>Offline.</b> {offlineWords(sync.last_success_at, now)}
      </Note>
    );
  }
  if (!sync.problem) return null;
  const signIn = ["signed_out", "key_refused", "keyring_locked"].includes(sync.problem.code);
  return (
    <Note
      icon="warn"
      live
      actions={
        signIn ? (
          <Button onClick={onSignIn}>Sign in again</Button>
        ) : (
          <Button busy={busy} onClick={() => again.mutate({})}>
            Try now
          </Button>
        )
      }
    >
      <ErrorText error={sync.problem} />
    </Note>
  );
}
