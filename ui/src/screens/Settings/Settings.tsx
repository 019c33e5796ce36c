import { type ReactNode, useState } from "react";
import { Button } from "../../components/Button";
import { ErrorBlock } from "../../components/Note";
import { Body, Head, Screen } from "../../components/Screen";
import type { ActiveProject, Boot } from "../../ipc/generated";
import { useCommand } from "../../ipc/queries";
import { keyringStates } from "../../manageWords";
import { count } from "../../words";
import { Files } from "./Files";
import { Links } from "./Links";
import { RemoveData } from "./RemoveData";
import styles from "./Settings.module.css";
import { Watching } from "./Watching";

/** What concerns this machine: accounts, files, keys, links, and how to remove it all. */
export function Settings({
  boot,
  active,
  onSignIn,
}: {
  boot: Boot;
  active: ActiveProject;
  onSignIn: () => void;
}) {
  return (
    <Screen title="Settings">
      <Head title="Settings" />
      <Body label="Settings">
        <div className={styles.parts}>
          <Part title="Accounts" action={<Button onClick={onSignIn}>Add an account</Button>}>
            <ul className={styles.accounts}>
              {boot.accounts.map((one) => (
                <li key={one.id}>
                  <span className={styles.account}>
                    <b>{one.kind === "sample" ? "Sample project" : one.email}</b>{" "}
                    {one.id === active.account && <span className={styles.why}>on screen</span>}
                    <span className={styles.line}>
                      {one.kind === "sample"
                        ? "Made up, on this machine only"
                        : `${one.place} · ${one.origin} · ${count(one.projects.length, "project")}`}
                    </span>
                    {!one.has_key && (
                      <span className={styles.line}>Its key was kept for one run only and is gone.</span>
                    )}
                  </span>
                  {!one.has_key && <Button onClick={onSignIn}>Sign in again</Button>}
                </li>
              ))}
            </ul>
            <p className={styles.why}>Switching, and signing out, is in the menu at the top of the rail.</p>
          </Part>
          <Part title="Keyring">
            <p>{keyringStates[boot.keyring]}</p>
          </Part>
          <Watching />
          <Files />
          <Links />
          <DataFolder path={boot.data_dir} />
          <Removal accounts={boot.accounts.length} />
          <Part title="About">
            <p>Hedgerow {boot.version}</p>
            <p className={styles.why}>
              It talks to PostHog at the address of each account, and to nobody else.
            </p>
          </Part>
        </div>
      </Body>
    </Screen>
  );
}

/** One matter of the settings. */
export function Part({
  title,
  action,
  children,
}: {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      <div className={styles.content}>{children}</div>
      {action && <div className={styles.action}>{action}</div>}
    </section>
  );
}

function DataFolder({ path }: { path: string }) {
  const open = useCommand("open_data_folder");
  return (
    <Part
      title="Data folder"
      action={
        <Button busy={open.isPending} onClick={() => open.mutate({})}>
          Open
        </Button>
      }
    >
      <p className={styles.path}>{path}</p>
      <p className={styles.why}>What Hedgerow has read, your decisions, and its log. No keys are in there.</p>
      {open.error && <ErrorBlock error={open.error} />}
    </Part>
  );
}

function Removal({ accounts }: { accounts: number }) {
  const [asked, setAsked] = useState(false);
  return (
    <Part title="Remove my data" action={<Button onClick={() => setAsked(true)}>Remove my data…</Button>}>
      <p>
        Makes Hedgerow forget everything on this machine, the {accounts === 1 ? "key" : "keys"} of{" "}
        {count(accounts, "account")} included, and closes it. You are asked first.
      </p>
      {asked && <RemoveData onClose={() => setAsked(false)} />}
    </Part>
  );
}
