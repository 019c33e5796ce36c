import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import styles from "./Void.module.css";

/** The middle of a screen that has nothing to list: what that means and what to do. */
export function Void({
  icon,
  title,
  children,
  actions,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className={styles.void}>
      <Icon name={icon} />
      <h2>{title}</h2>
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

/** Grey rows while the first answer is on its way. */
export function Skeleton({ rows, height, label }: { rows: number; height: number; label: string }) {
  return (
    <div role="status" className={styles.skeleton}>
      <span className="vh">{label}</span>
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
        <div key={i} style={{ height }} className={styles.bone} aria-hidden="true">
          <i />
          <i style={{ width: `${24 + ((i * 37) % 26)}%` }} />
        </div>
      ))}
    </div>
  );
}
