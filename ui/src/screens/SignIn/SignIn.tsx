import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { HedgeMark } from "../../components/Icon";
import { ErrorBlock } from "../../components/Note";
import type { AccountView, Boot } from "../../ipc/generated";
import { useCommand } from "../../ipc/queries";
import { KeyForm } from "./KeyForm";
import { ProjectChooser } from "./ProjectChooser";
import styles from "./SignIn.module.css";

interface SignInProps {
  boot: Boot;
  /** A project is chosen: show it, also when it is the one from before. */
  onDone: () => void;
  onBack?: () => void;
}

/** The first screen: a key, or the sample project. With `onBack` it adds an account to those that are there. */
export function SignIn({ boot, onDone, onBack }: SignInProps) {
  const [fresh, setFresh] = useState<AccountView | null>(null);
  const sample = useCommand("open_sample", onDone);
  const known = onBack
    ? []
    : boot.accounts.filter((account) => account.kind === "key" && account.projects.length > 0);
  useEffect(() => {
    document.title = "Sign in · Hedgerow";
  }, []);
  return (
    <main className={styles.page}>
      <div className={styles.door}>
        <div className={styles.brand}>
          <span className={styles.mark}>
            <HedgeMark />
          </span>
          <div>
            <h1>Hedgerow</h1>
            <p>Know what your agents may touch.</p>
          </div>
        </div>
        {fresh ? (
          <ProjectChooser
            accounts={[fresh]}
            title="Choose a project"
            onDone={onDone}
            onBack={() => setFresh(null)}
          />
        ) : (
          <>
            <KeyForm keyring={boot.keyring} onChoose={setFresh} onDone={onDone} />
            {known.length > 0 && <ProjectChooser accounts={known} title="Or go on with" onDone={onDone} />}
            {sample.error && <ErrorBlock error={sample.error} />}
            <Button
              kind="quiet"
              className={styles.sample}
              busy={sample.isPending}
              onClick={() => sample.mutate({})}
            >
              {sample.isPending
                ? "Starting the sample project…"
                : "Explore a sample project, no account needed"}
            </Button>
            {onBack && (
              <Button kind="quiet" className={styles.sample} onClick={onBack}>
                Back to the project
              </Button>
            )}
          </>
        )}
      </div>
    </main>
  );
}
