import { Letter } from "../components/Badges";
import { Icon, type IconName } from "../components/Icon";
import { Tip } from "../components/Tip";
import { AGES, useNow } from "../clock";
import type { ActiveProject, Boot, ServerRow } from "../ipc/generated";
import { useCommand, useServers } from "../ipc/queries";
import { useReview } from "../ipc/reviewQueries";
import { BatchChips } from "../screens/Batch/BatchChips";
import { FlowChips } from "../screens/Connect/FlowChips";
import { waitingWords } from "../reviewWords";
import { isOff, needsYou, shortStatus, syncWords } from "../serverWords";
import { sampleNote } from "../startWords";
import { number } from "../words";
import { ProjectMenu } from "./ProjectMenu";
import styles from "./Rail.module.css";
import { type Route, useGo } from "./route";
import { useNarrow } from "./useNarrow";

/** The rail: which project, where to go, its servers, how fresh everything is. */
export function Rail({
  boot,
  active,
  route,
  onSignIn,
}: {
  boot: Boot;
  active: ActiveProject;
  route: Route;
  onSignIn: () => void;
}) {
  const servers = useServers().data?.servers;
  const waiting = useReview().data?.waiting;
  const narrow = useNarrow();
  const sample = boot.accounts.find(({ id }) => id === active.account)?.kind === "sample";
  return (
    <nav className={styles.rail} aria-label="Hedgerow">
      <ProjectMenu boot={boot} active={active} onSignIn={onSignIn} />
      {sample && (
        <Tip text={sampleNote} enabled={narrow}>
          <p className={styles.sample}>
            <Icon name="info" />
            <span className={styles.text}>{sampleNote}</span>
          </p>
        </Tip>
      )}
      <Place
        icon="inbox"
        label="Review"
        to={{ screen: "review" }}
        current={route.screen === "review"}
        waiting={waiting}
        narrow={narrow}
      />
      <Place
        icon="plug"
        label="Servers"
        to={{ screen: "servers" }}
        current={route.screen === "servers"}
        n={servers?.length}
        narrow={narrow}
      />
      <Place
        icon="shop"
        label="Catalog"
        to={{ screen: "catalog" }}
        current={route.screen === "catalog"}
        narrow={narrow}
      />
      <Place
        icon="clock"
        label="Activity"
        to={{ screen: "activity" }}
        current={route.screen === "activity"}
        narrow={narrow}
      />
      <div className={styles.scroll}>
        {servers && servers.length > 0 && (
          <>
            <h2 className={styles.caption} id="rail-servers">
              Your servers
            </h2>
            <ul aria-labelledby="rail-servers">
              {servers.map((server) => (
                <li key={server.id}>
                  <ServerPlace
                    server={server}
                    current={route.screen === "server" && route.id === server.id}
                    narrow={narrow}
                  />
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <FlowChips narrow={narrow} />
      <BatchChips narrow={narrow} />
      <Foot narrow={narrow} settings={route.screen === "settings"} />
    </nav>
  );
}

interface PlaceProps {
  icon: IconName;
  label: string;
  to: Route;
  current: boolean;
  n?: number | undefined;
  /** How many things wait for the person there. */
  waiting?: number | undefined;
  narrow: boolean;
}

function Place({ icon, label, to, current, n, waiting = 0, narrow }: PlaceProps) {
  const go = useGo();
  return (
    <Tip text={waiting > 0 ? `${label}: ${waitingWords(waiting)}` : label} enabled={narrow}>
      <button
        type="button"
        className={styles.place}
        aria-current={current ? "page" : undefined}
        onClick={() => go(to)}
      >
        <Icon name={icon} />
        <span className={styles.text}>{label}</span>
        {n !== undefined && <span className={styles.n}>{number(n)}</span>}
        {waiting > 0 && (
          <span className={styles.badge}>
            <span aria-hidden="true">{number(waiting)}</span>
            <span className="vh">{waitingWords(waiting)}</span>
          </span>
        )}
      </button>
    </Tip>
  );
}

function ServerPlace({ server, current, narrow }: { server: ServerRow; current: boolean; narrow: boolean }) {
  const go = useGo();
  const waiting = needsYou(server.status);
  const state = waiting || isOff(server.status) ? shortStatus(server.status) : "";
  return (
    <Tip text={state ? `${server.name}: ${state}` : server.name} enabled={narrow}>
      <button
        type="button"
        className={styles.place}
        aria-current={current ? "page" : undefined}
        onClick={() => go({ screen: "server", id: server.id })}
      >
        <Letter name={server.name} />
        <span className={styles.text}>{server.name}</span>
        {waiting && <i className={styles.dot} />}
        <span className={waiting ? `${styles.n} ${styles.waiting}` : styles.n}>
          {waiting && <Icon name="warn" />}
          {state || number(server.counts.total)}
          {!state && <span className="vh"> tools</span>}
        </span>
      </button>
    </Tip>
  );
}

function Foot({ narrow, settings }: { narrow: boolean; settings: boolean }) {
  const go = useGo();
  const now = useNow(AGES);
  const sync = useServers().data?.sync;
  const syncNow = useCommand("sync_now");
  const running = (sync?.running ?? false) || syncNow.isPending;
  const words = sync ? syncWords(sync, now) : "Starting…";
  return (
    <div className={styles.foot}>
      <span className={styles.text} role="status">
        {words}
      </span>
      <Tip
        text={narrow ? `Read everything again. ${words}` : "Read everything again"}
        side={narrow ? "right" : "top"}
      >
        <button
          type="button"
          className={styles.sync}
          aria-label="Read everything again"
          aria-disabled={running || undefined}
          aria-busy={running || undefined}
          onClick={() => running || syncNow.mutate({})}
        >
          <Icon name="sync" className={running ? styles.turning : undefined} />
        </button>
      </Tip>
      <Tip text="Settings" side={narrow ? "right" : "top"}>
        <button
          type="button"
          className={styles.sync}
          aria-label="Settings"
          aria-current={settings ? "page" : undefined}
          onClick={() => go({ screen: "settings" })}
        >
          <Icon name="gear" />
        </button>
      </Tip>
    </div>
  );
}
