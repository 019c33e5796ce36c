import { type ReactNode, useState } from "react";
import { useGo } from "../../app/route";
import { Button } from "../../components/Button";
import { Dialog, DialogButtons } from "../../components/Dialog";
import { ErrorBlock } from "../../components/Note";
import { useTell } from "../../components/Toasts";
import { GoesAndStays } from "../../components/GoesAndStays";
import type { CommandError, ServerRow } from "../../ipc/generated";
import {
  manageRefusal,
  offExplained,
  removeExplained,
  sharedWords,
  shareExplained,
  switchedWords,
  unshareExplained,
} from "../../manageWords";
import styles from "./Manage.module.css";
import { useManage } from "./useManage";

interface DialogProps {
  server: ServerRow;
  offline: boolean;
  onClose: () => void;
}

/** A question with its consequences, one answer that does it, and the way out. */
function Question({
  title,
  children,
  act,
  stay,
  busy,
  unavailable,
  error,
  onAct,
  onClose,
}: {
  title: string;
  children: ReactNode;
  act: string;
  stay: string;
  busy: boolean;
  unavailable: string;
  error: CommandError | null;
  onAct: () => void;
  onClose: () => void;
}) {
  return (
    <Dialog open onClose={onClose} title={title}>
      {children}
      {error && <ErrorBlock error={error} />}
      <DialogButtons>
        <Button kind="primary" busy={busy} unavailable={unavailable} onClick={onAct}>
          {act}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {stay}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}

/** Turning a server off. */
export function OffDialog({ server, offline, onClose }: DialogProps) {
  const tell = useTell();
  const change = useManage("change_server", (now) => {
    if (now) tell({ title: switchedWords(now, false) });
    onClose();
  });
  return (
    <Question
      title={`Turn ${server.name} off?`}
      act="Turn off"
      stay="Leave it on"
      busy={change.isPending}
      unavailable={manageRefusal(server, offline)}
      error={change.error}
      onAct={() => change.mutate({ server_id: server.id, name: null, description: null, enabled: false })}
      onClose={onClose}
    >
      <p>{offExplained.what}</p>
      <p className={styles.why}>{offExplained.stays}</p>
    </Question>
  );
}

/** Sharing a server with the project, or taking it back. */
export function ShareDialog({ server, offline, onClose }: DialogProps) {
  const tell = useTell();
  // What is asked stays as it was when the dialog opened, whatever PostHog says meanwhile.
  const [shared] = useState(!server.shared);
  const share = useManage("share_server", (now) => {
    if (now) tell({ title: sharedWords(now, shared) });
    onClose();
  });
  return (
    <Question
      title={shared ? `Share ${server.name} with the project?` : `Take ${server.name} back from the project?`}
      act={shared ? "Share" : "Take back"}
      stay="Leave it as it is"
      busy={share.isPending}
      unavailable={manageRefusal(server, offline)}
      error={share.error}
      onAct={() => share.mutate({ server_id: server.id, shared })}
      onClose={onClose}
    >
      {shared ? (
        <>
          <p>{shareExplained.what}</p>
          <p className={styles.why}>{shareExplained.who}</p>
        </>
      ) : (
        <p>{unshareExplained.what}</p>
      )}
    </Question>
  );
}

/** Removing a server: first what goes and what stays, then a tick, then the button. */
export function RemoveDialog({ server, offline, onClose }: DialogProps) {
  const tell = useTell();
  const go = useGo();
  const [sure, setSure] = useState(false);
  const remove = useManage("remove_server", (now) => {
    if (now) tell({ title: `PostHog still has ${server.name}.` });
    else {
      go({ screen: "servers" });
      tell({ title: `${server.name} is removed.` });
    }
    onClose();
  });
  const { goes, stays } = removeExplained(server);
  return (
    <Question
      title={`Remove ${server.name}?`}
      act="Remove"
      stay="Keep it"
      busy={remove.isPending}
      unavailable={manageRefusal(server, offline) || (sure ? "" : "Tick the box first")}
      error={remove.error}
      onAct={() => remove.mutate({ server_id: server.id })}
      onClose={onClose}
    >
      <GoesAndStays goes={goes} stays={stays} />
      <label className={styles.sure}>
        <input type="checkbox" checked={sure} onChange={(event) => setSure(event.target.checked)} />
        <span>Remove {server.name} from this project. It can be connected again.</span>
      </label>
    </Question>
  );
}
