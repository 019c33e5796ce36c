import { Menu } from "@base-ui/react/menu";
import { useRef, useState } from "react";
import { Button } from "../components/Button";
import { Dialog, DialogButtons } from "../components/Dialog";
import { Icon } from "../components/Icon";
import { ErrorBlock } from "../components/Note";
import { useTell } from "../components/Toasts";
import { errorWords } from "../errors";
import type { AccountView, ActiveProject, Boot, CommandError } from "../ipc/generated";
import { useCommand } from "../ipc/queries";
import menu from "../components/Menu.module.css";
import styles from "./ProjectMenu.module.css";

interface ProjectMenuProps {
  boot: Boot;
  active: ActiveProject;
  onSignIn: () => void;
}

/** Which project is on screen, and every other one that could be. */
export function ProjectMenu({ boot, active, onSignIn }: ProjectMenuProps) {
  const tell = useTell();
  const choose = useCommand("choose_project");
  const sample = useCommand("open_sample");
  // Inside the navigation, where whoever reads by landmarks looks for it.
  const host = useRef<HTMLDivElement>(null);
  const [leaving, setLeaving] = useState<AccountView | null>(null);
  const account = boot.accounts.find(({ id }) => id === active.account);
  const project = account?.projects.find(({ id }) => id === active.project);
  const name = project?.name ?? `Project ${active.project}`;
  const place =
    account?.kind === "sample"
      ? "Sample, on this machine"
      : `${account?.place ?? ""} · project ${active.project}`;
  const onError = (error: CommandError) =>
    tell({ title: errorWords(error).title, text: errorWords(error).next });
  return (
    <>
      <Menu.Root>
        <Menu.Trigger className={styles.switch}>
          <span className={styles.mark} aria-hidden="true">
            {[...name][0]?.toUpperCase()}
          </span>
          <span className={styles.name}>
            <b>{name}</b>
            <small>{place}</small>
          </span>
          <span className="vh">Switch project</span>
          <Icon name="down" className={styles.down} />
        </Menu.Trigger>
        <Menu.Portal container={host}>
          <Menu.Positioner side="bottom" align="start" sideOffset={4} className={menu.at}>
            <Menu.Popup className={menu.menu}>
              {boot.accounts.map((one) => (
                <Menu.Group key={one.id}>
                  <Menu.GroupLabel className={menu.label}>
                    {one.kind === "sample" ? "Sample project" : `${one.email} · ${one.place}`}
                  </Menu.GroupLabel>
                  <Menu.RadioGroup
                    value={one.id === active.account ? active.project : null}
                    onValueChange={(id: number) =>
                      choose.mutate({ account: one.id, project: id }, { onError })
                    }
                  >
                    {one.projects.map((entry) => (
                      <Menu.RadioItem key={entry.id} value={entry.id} closeOnClick className={menu.item}>
                        <Icon name="ok" className={menu.check} />
                        <span className={menu.itemText}>{entry.name}</span>
                        <small>{entry.organization}</small>
                      </Menu.RadioItem>
                    ))}
                  </Menu.RadioGroup>
                  {one.kind === "key" && (
                    <Menu.Item
                      className={menu.item}
                      onClick={() => (one.has_key ? setLeaving(one) : onSignIn())}
                    >
                      <Icon name="person" />
                      <span className={menu.itemText}>{one.has_key ? "Sign out…" : "Sign in again"}</span>
                    </Menu.Item>
                  )}
                  <Menu.Separator className={menu.line} />
                </Menu.Group>
              ))}
              <Menu.Item className={menu.item} onClick={onSignIn}>
                <Icon name="plus" />
                <span className={menu.itemText}>Add an account</span>
              </Menu.Item>
              {account?.kind !== "sample" && !boot.accounts.some(({ kind }) => kind === "sample") && (
                <Menu.Item className={menu.item} onClick={() => sample.mutate({}, { onError })}>
                  <Icon name="info" />
                  <span className={menu.itemText}>Explore the sample project</span>
                </Menu.Item>
              )}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <div ref={host} />
      {leaving && <SignOut account={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}

function SignOut({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const signOut = useCommand("sign_out", onClose);
  return (
    <Dialog open onClose={onClose} title="Sign out?">
      <p>
        Hedgerow forgets the key of <b>{account.email}</b> ({account.place}). What it has read and what you
        decided stays on this machine. The key itself stays valid in PostHog.
      </p>
      {signOut.error && <ErrorBlock error={signOut.error} />}
      <DialogButtons>
        <Button
          kind="primary"
          busy={signOut.isPending}
          onClick={() => signOut.mutate({ account: account.id })}
        >
          Sign out
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Stay signed in
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
