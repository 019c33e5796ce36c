import { type ReactNode, useId, useState } from "react";
import { Icon, type IconName } from "../../components/Icon";
import styles from "./Batch.module.css";

/** A line that says how many, and shows which when asked. */
export function Fold({
  icon,
  words: [strong, rest],
  children,
}: {
  icon: IconName;
  words: [string, string];
  children: ReactNode;
}) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <li>
      <div className={styles.part}>
        <Icon name={icon} />
        <span>
          <b>{strong}</b>
          {rest}
        </span>
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          {open ? "Hide" : "Show"}
          <span className="vh"> {strong}</span>
        </button>
      </div>
      <div id={id}>{open && children}</div>
    </li>
  );
}
