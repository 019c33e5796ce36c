import { useCallback, useEffect, useRef, useState } from "react";
import type { ActiveProject, Boot } from "../ipc/generated";
import { Activity } from "../screens/Activity/Activity";
import { BatchProvider } from "../screens/Batch/BatchProvider";
import { Catalog } from "../screens/Catalog/Catalog";
import { ConnectProvider } from "../screens/Connect/ConnectProvider";
import { Review } from "../screens/Review/Review";
import { Server } from "../screens/Server/Server";
import { Servers } from "../screens/Servers/Servers";
import { Settings } from "../screens/Settings/Settings";
import { ErrorBoundary } from "./ErrorBoundary";
import { useBackend } from "../ipc/context";
import { Rail } from "./Rail";
import { type Go, GoContext, type Route } from "./route";
import styles from "./Shell.module.css";

/** One project: the rail at the left, a screen at the right. */
export function Shell({
  boot,
  active,
  toReview,
  onLed,
  onSignIn,
}: {
  boot: Boot;
  active: ActiveProject;
  /** A notice on the desktop, about this project, leads to Review. */
  toReview: boolean;
  onLed: () => void;
  onSignIn: () => void;
}) {
  const backend = useBackend();
  const [route, setRoute] = useState<Route>({ screen: "servers" });
  const main = useRef<HTMLElement>(null);
  const go = useCallback<Go>((next) => {
    setRoute(next);
    main.current?.focus();
  }, []);
  useEffect(() => {
    if (!toReview) return;
    go({ screen: "review" });
    onLed();
  }, [toReview, onLed, go]);
  return (
    <GoContext value={go}>
      <ConnectProvider>
        <BatchProvider>
          <div className={styles.shell}>
            <Rail boot={boot} active={active} route={route} onSignIn={onSignIn} />
            <main className={styles.main} ref={main} tabIndex={-1}>
              <ErrorBoundary backend={backend} key={JSON.stringify(route)}>
                {route.screen === "servers" && <Servers onSignIn={onSignIn} />}
                {route.screen === "server" && <Server key={route.id} id={route.id} onSignIn={onSignIn} />}
                {route.screen === "review" && <Review at={route.at} onSignIn={onSignIn} />}
                {route.screen === "activity" && <Activity onSignIn={onSignIn} />}
                {route.screen === "catalog" && <Catalog />}
                {route.screen === "settings" && <Settings boot={boot} active={active} onSignIn={onSignIn} />}
              </ErrorBoundary>
            </main>
          </div>
        </BatchProvider>
      </ConnectProvider>
    </GoContext>
  );
}
