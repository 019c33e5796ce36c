import "../styles/tokens.css";
import "../styles/base.css";
import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { QueryClientProvider, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { Button } from "../components/Button";
import { ErrorText, Note } from "../components/Note";
import { ToastProvider } from "../components/Toasts";
import { Void } from "../components/Void";
import type { Backend } from "../ipc/backend";
import { BackendProvider } from "../ipc/context";
import type { ActiveProject, Boot, Event } from "../ipc/generated";
import { keys, newQueryClient, useBoot, useEvents } from "../ipc/queries";
import { SignIn } from "../screens/SignIn/SignIn";
import { crashed, noticeWords } from "../startWords";
import styles from "./App.module.css";
import { ErrorBoundary } from "./ErrorBoundary";
import { Shell } from "./Shell";
import { useErrorReports } from "./useErrorReports";

/** The whole window on one backend. */
export function App({ backend }: { backend: Backend }) {
  const [client] = useState(newQueryClient);
  return (
    <BackendProvider backend={backend}>
      <ErrorBoundary backend={backend}>
        {/* Base UI would add <style> elements of its own, which the CSP forbids. */}
        <CSPProvider disableStyleElements>
          <QueryClientProvider client={client}>
            <Tooltip.Provider delay={300}>
              <ToastProvider>
                <Window />
              </ToastProvider>
            </Tooltip.Provider>
          </QueryClientProvider>
        </CSPProvider>
      </ErrorBoundary>
    </BackendProvider>
  );
}

function Window() {
  const [hasCrashed, setCrashed] = useState(false);
  const [dismissed, setDismissed] = useState(false);
  const [lead, setLead] = useState<ActiveProject | null>(null);
  const onEvent = useCallback((event: Event) => {
    if (event.kind === "crashed") setCrashed(true);
    if (event.kind === "show_review") setLead(event);
  }, []);
  const onLed = useCallback(() => setLead(null), []);
  useEvents(onEvent);
  useErrorReports();
  const boot = useBoot();
  const notice = boot.data?.notice;
  return (
    <div className={styles.window}>
      <div role="status">
        {hasCrashed && (
          <Note icon="warn" actions={<Button onClick={() => setCrashed(false)}>Dismiss</Button>}>
            {crashed}
          </Note>
        )}
        {notice && !dismissed && (
          <Note actions={<Button onClick={() => setDismissed(true)}>Dismiss</Button>}>
            {noticeWords[notice]}
          </Note>
        )}
      </div>
      <div className={styles.rest}>
        {boot.data ? (
          <Signed boot={boot.data} lead={lead} onLed={onLed} />
        ) : boot.error ? (
          <main className={styles.center}>
            <Void
              icon="warn"
              title="Hedgerow could not start"
              actions={<Button onClick={() => void boot.refetch()}>Try again</Button>}
            >
              <ErrorText error={boot.error} />
            </Void>
          </main>
        ) : (
          <main className={styles.center} aria-busy="true">
            <span className="vh" role="status">
              Hedgerow is starting
            </span>
          </main>
        )}
      </div>
    </div>
  );
}

const sameProject = (a: ActiveProject | null, b: ActiveProject | null) =>
  a?.account === b?.account && a?.project === b?.project;

/** Shows the sign-in or the project; forgets one project's facts before the next one is shown. */
function Signed({ boot, lead, onLed }: { boot: Boot; lead: ActiveProject | null; onLed: () => void }) {
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState(boot.active);
  const switched = !sameProject(shown, boot.active);
  useEffect(() => {
    if (!switched) return;
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.boot[0] });
    setShown(boot.active);
    setAdding(false);
  }, [switched, boot.active, client]);
  if (switched) return null;
  if (!shown || adding) {
    return (
      <SignIn
        boot={boot}
        onDone={() => setAdding(false)}
        {...(shown && { onBack: () => setAdding(false) })}
      />
    );
  }
  return (
    <Shell
      key={`${shown.account} ${shown.project}`}
      boot={boot}
      active={shown}
      toReview={lead !== null && sameProject(lead, shown)}
      onLed={onLed}
      onSignIn={() => setAdding(true)}
    />
  );
}
