import { Button } from "../../components/Button";
import { ErrorBlock } from "../../components/Note";
import { useCommand, useScheme } from "../../ipc/queries";
import { claimExplained, releaseExplained, schemeState } from "../../manageWords";
import { Part } from "./Settings";
import styles from "./Settings.module.css";

/** Who opens the links with which PostHog answers after a login; claiming them and giving them back. */
export function Links() {
  const scheme = useScheme();
  const claim = useCommand("claim_scheme");
  const release = useCommand("release_scheme");
  const owned = scheme.data?.owner === "hedgerow";
  const pending = claim.isPending || release.isPending;
  const error = claim.error ?? release.error ?? scheme.error;
  const run = (work: typeof claim | typeof release) => {
    if (pending) return;
    claim.reset();
    release.reset();
    work.mutate({});
  };
  return (
    <Part
      title="Links of PostHog"
      action={
        scheme.data &&
        (owned ? (
          <Button busy={release.isPending} onClick={() => run(release)}>
            Give them back
          </Button>
        ) : (
          <Button busy={claim.isPending} onClick={() => run(claim)}>
            Let Hedgerow open them
          </Button>
        ))
      }
    >
      <p>
        After a login in the browser, PostHog answers through{" "}
        <code className={styles.whole}>posthog-code</code> links.{" "}
        <span role="status">{scheme.data ? schemeState(scheme.data) : ""}</span>
      </p>
      <p className={styles.why}>{owned ? releaseExplained : claimExplained}</p>
      {error && <ErrorBlock error={error} />}
    </Part>
  );
}
