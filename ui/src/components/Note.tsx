import { type ReactNode, useState } from "react";
import { errorWords, explained, retryWords, saidBy } from "../errors";
import type { CommandError } from "../ipc/generated";
import { Icon, type IconName } from "./Icon";
import styles from "./Note.module.css";

/** A bar across a screen that says one thing and may offer one or two things to do. */
export function Note({
  icon = "info",
  children,
  actions,
  live = false,
}: {
  icon?: IconName;
  children: ReactNode;
  actions?: ReactNode;
  live?: boolean;
}) {
  return (
    <div className={styles.note} role={live ? "status" : undefined}>
      <Icon name={icon} />
      <div className={styles.text}>{children}</div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** Letters that fit in about two lines; a longer text is cut until it is asked for. */
const LONG = 220;

/** What PostHog or a server said, as plain text. */
export function Said({ children }: { children: string }) {
  const [whole, setWhole] = useState(false);
  if (children.length <= LONG) return <q className={styles.said}>{children}</q>;
  return (
    <>
      <q className={whole ? styles.said : `${styles.said} ${styles.cut}`}>{children}</q>
      <button
        type="button"
        className={styles.more}
        aria-expanded={whole}
        onClick={(event) => {
          event.preventDefault();
          setWhole(!whole);
        }}
      >
        {whole ? "Show less of it" : "Show all of it"}
      </button>
    </>
  );
}

/** An error in full: its name, what it means, what somebody said, what to do, and when. */
export function ErrorText({ error }: { error: CommandError }) {
  const words = errorWords(error);
  const said = saidBy(error);
  return (
    <>
      <b>{words.title}.</b> {explained(error)}
      {error.code === "missing_scope" && error.message && (
        <>
          {" "}
          <code>{error.message}</code>.
        </>
      )}{" "}
      {retryWords(error) || words.next}
      {said && <Said>{said}</Said>}
    </>
  );
}

/** An error as a block of its own, announced when it appears. */
export function ErrorBlock({ error, id }: { error: CommandError; id?: string }) {
  return (
    <div className={styles.block} role="alert" id={id}>
      <Icon name="warn" />
      <div className={styles.text}>
        <ErrorText error={error} />
      </div>
    </div>
  );
}
