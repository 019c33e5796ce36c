import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode, RefObject } from "react";
import styles from "./Dialog.module.css";
import { Icon } from "./Icon";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** What has the focus first; the first field or button otherwise. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** For the outside: which step of a flow this shows. */
  step?: string;
}

/** A modal dialog: focus goes in, stays in, and comes back to where it was. Escape and the cross close it. */
export function Dialog({ open, onClose, title, children, initialFocus, step }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.veil} />
        <Base.Popup className={styles.dialog} data-flow-step={step} {...(initialFocus && { initialFocus })}>
          <Base.Title className={styles.title}>{title}</Base.Title>
          {children}
          <Base.Close className={styles.close} aria-label="Close">
            <Icon name="close" />
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** The row of buttons at the end of a dialog. */
export const DialogButtons = ({ children }: { children: ReactNode }) => (
  <div className={styles.buttons}>{children}</div>
);
