import { Button } from "../../components/Button";
import { Dialog, DialogButtons } from "../../components/Dialog";
import { ErrorBlock } from "../../components/Note";
import type { SchemeView } from "../../ipc/generated";
import { useCommand } from "../../ipc/queries";
import { lending } from "../../manageWords";
import { schemeOwner } from "../../connectWords";
import styles from "./Connect.module.css";

/** Asked once, before the first login in the browser: may this program open PostHog's links? */
export function SchemeDialog({
  scheme,
  lends,
  onClose,
  onAnswered,
}: {
  scheme: SchemeView;
  /** The connection that follows is a new one, which PostHog also lends to its agents. */
  lends: boolean;
  onClose: () => void;
  onAnswered: () => void;
}) {
  const claim = useCommand("claim_scheme", onAnswered);
  const decline = useCommand("decline_scheme", onAnswered);
  const pending = claim.isPending || decline.isPending;
  const error = claim.error ?? decline.error;
  return (
    <Dialog open onClose={onClose} title="May Hedgerow open PostHog’s links?">
      <p>
        After a login in the browser, PostHog answers through <code>posthog-code</code> links.{" "}
        {schemeOwner(scheme)}
      </p>
      <p className={styles.why}>
        With your permission the link brings you back here at once. Without it Hedgerow asks PostHog every few
        seconds instead. A link never changes anything by itself.
      </p>
      {lends && <p className={styles.why}>{lending}</p>}
      {error && <ErrorBlock error={error} />}
      <DialogButtons>
        <Button kind="primary" busy={claim.isPending} onClick={() => pending || claim.mutate({})}>
          Let Hedgerow open them
        </Button>
        <Button busy={decline.isPending} onClick={() => pending || decline.mutate({})}>
          Leave it as it is
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
