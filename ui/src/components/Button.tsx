import type { ButtonHTMLAttributes, Ref } from "react";
import styles from "./Button.module.css";
import { Icon, type IconName } from "./Icon";

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> {
  kind?: "plain" | "primary" | "quiet" | "wide";
  icon?: IconName;
  /** Something is under way because of this button: it stays focusable and does nothing. */
  busy?: boolean;
  /** Why it cannot be used now; shown as its title and read with it. It stays focusable. */
  unavailable?: string;
  ref?: Ref<HTMLButtonElement>;
}

/** A button that never loses focus by being disabled, and says why it is. */
export function Button({
  kind = "plain",
  icon,
  busy = false,
  unavailable = "",
  children,
  onClick,
  className,
  ...rest
}: ButtonProps) {
  const dead = busy || unavailable !== "";
  return (
    <button
      type="button"
      {...rest}
      className={[styles.btn, styles[kind], className].filter(Boolean).join(" ")}
      aria-disabled={dead || undefined}
      aria-busy={busy || undefined}
      title={unavailable || rest.title}
      onClick={(event) => {
        if (dead) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <span className={styles.spin} aria-hidden="true" /> : icon && <Icon name={icon} />}
      {children}
      {unavailable && <span className="vh">. {unavailable}</span>}
    </button>
  );
}

/** The look of a quiet button, for a control that is not a {@link Button}. */
export const quietButton = `${styles.btn} ${styles.quiet}`;

/** A ring that turns while something is under way. */
export const Spinner = () => <span className={styles.spin} aria-hidden="true" />;
