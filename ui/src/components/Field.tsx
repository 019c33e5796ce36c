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
  hint,
  after,
  words = false,
  children,
}: {
  label: string;
  error?: ReactNode;
  /** What to know before filling it in. */
  hint?: ReactNode;
  /** It holds plain words, not an address or a key. */
  words?: boolean;
  after?: ReactNode;
  children: (props: InputProps) => ReactNode;
}) {
  const id = useId();
  const errorId = `${id}-error`;
  const hintId = `${id}-hint`;
  const described = [error && errorId, hint && hintId].filter(Boolean).join(" ");
  return (
    <div>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <div className={[styles.field, error && styles.bad, words && styles.words].filter(Boolean).join(" ")}>
        {children({
          id,
          "aria-invalid": error ? true : undefined,
          "aria-describedby": described || undefined,
        })}
        {after}
      </div>
      {hint && (
        <div className={styles.hint} id={hintId}>
          {hint}
        </div>
      )}
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
