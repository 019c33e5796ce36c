import { type ReactNode, useId } from "react";
import styles from "./Field.module.css";
import { Icon } from "./Icon";

interface InputProps {
  id: string;
  "aria-invalid": boolean | undefined;
  "aria-describedby": string | undefined;
}

/** A labelled input with its error beneath it, tied together for whoever cannot see that. */
export function Field({
  label,
  error,
  after,
  children,
}: {
  label: string;
  error?: ReactNode;
  after?: ReactNode;
  children: (props: InputProps) => ReactNode;
}) {
  const id = useId();
  const errorId = `${id}-error`;
  return (
    <div>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={error ? `${styles.field} ${styles.bad}` : styles.field}>
        {children({
          id,
          "aria-invalid": error ? true : undefined,
          "aria-describedby": error ? errorId : undefined,
        })}
        {after}
      </div>
      {error && <FieldError id={errorId}>{error}</FieldError>}
    </div>
  );
}

/** An error beneath an input. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <div className={styles.error} role="alert" id={id}>
      <Icon name="warn" />
      <div>{children}</div>
    </div>
  );
}
