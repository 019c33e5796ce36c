import { Dialog as Base } from "@base-ui/react/dialog";
import {
  createContext,
  type FormEvent,
  type ReactNode,
  type RefObject,
  use,
  useEffect,
  useState,
} from "react";
import { createPortal } from "react-dom";
import styles from "./Dialog.module.css";
import { Icon } from "./Icon";

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** What has the focus first; the first field or button otherwise. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** Makes the whole dialog one form, so that Enter in a field presses its submit button. */
  onSubmit?: (event: FormEvent) => void;
  /** For the outside: which step of a flow this shows. */
  step?: string;
}

const FootContext = createContext<HTMLElement | null>(null);

/** What had the focus before a dialog may be gone by its end: then the list of the screen has it, or the screen itself. */
function keepFocus(): void {
  const main = document.querySelector("main");
  if (document.activeElement !== document.body || document.querySelector("[role=dialog]")) return;
  (main?.querySelector<HTMLElement>("[role=grid]") ?? main)?.focus();
}

/** A modal dialog: focus goes in, stays in, and comes back to where it was. Escape and the cross close it. */
export function Dialog({ open, onClose, title, children, initialFocus, onSubmit, step }: DialogProps) {
  const [foot, setFoot] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (!open) return;
    return () => void requestAnimationFrame(keepFocus);
  }, [open]);
  const inside = (
    <>
      <div className={styles.body}>
        <Base.Title className={styles.title}>{title}</Base.Title>
        <FootContext value={foot}>{children}</FootContext>
      </div>
      <div className={styles.foot} ref={setFoot} />
    </>
  );
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.veil} />
        <Base.Popup className={styles.dialog} data-flow-step={step} {...(initialFocus && { initialFocus })}>
          {onSubmit ? (
            <form className={styles.frame} onSubmit={onSubmit} noValidate>
              {inside}
            </form>
          ) : (
            <div className={styles.frame}>{inside}</div>
          )}
          <Base.Close className={styles.close} aria-label="Close">
            <Icon name="close" />
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** The buttons of a dialog. They stay in sight below whatever of it scrolls. */
export function DialogButtons({ children }: { children: ReactNode }) {
  const foot = use(FootContext);
  return foot && createPortal(<div className={styles.buttons}>{children}</div>, foot);
}
