import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { ErrorBlock } from "../../components/Note";
import type { AccountView } from "../../ipc/generated";
import { useCommand } from "../../ipc/queries";
import styles from "./SignIn.module.css";

interface ProjectChooserProps {
  accounts: AccountView[];
  title: string;
  onDone: () => void;
  onBack?: () => void;
}

/** Projects of one or more accounts, to put one on screen. */
export function ProjectChooser({ accounts, title, onDone, onBack }: ProjectChooserProps) {
  const choose = useCommand("choose_project", onDone);
  return (
    <section className={styles.panel} aria-label={title}>
      <h2>{title}</h2>
      {accounts.map((account) => (
        <div key={account.id}>
          <p className={styles.why}>
            {account.email} · {account.place}
          </p>
          <ul className={styles.projects}>
            {account.projects.map((project) => (
              <li key={project.id}>
                <button
                  type="button"
                  className={styles.project}
                  aria-disabled={choose.isPending || undefined}
                  onClick={() =>
                    choose.isPending || choose.mutate({ account: account.id, project: project.id })
                  }
                >
                  <span>
                    <b>{project.name}</b>
                    <small>
                      {project.organization} · project {project.id}
                    </small>
                  </span>
                  <Icon name="down" className={styles.forward} />
                </button>
              </li>
            ))}
          </ul>
          {account.projects.length === 0 && <p>This key reaches no project.</p>}
        </div>
      ))}
      {choose.error && <ErrorBlock error={choose.error} />}
      {onBack && (
        <Button kind="quiet" onClick={onBack}>
          Use another key
        </Button>
      )}
    </section>
  );
}
