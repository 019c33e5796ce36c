import { Toast } from "@base-ui/react/toast";
import type { ReactNode } from "react";
import { Icon } from "./Icon";
import styles from "./Toasts.module.css";

export interface Told {
  title: string;
  text?: string;
  action?: { label: string; run: () => void };
}

/** Says something once, politely, without taking the focus. */
export function useTell(): (told: Told) => void {
  const { add } = Toast.useToastManager();
  return ({ title, text, action }) =>
    void add({
      title,
      description: text,
      timeout: 8000,
      ...(action && { actionProps: { children: action.label, onClick: action.run } }),
    });
}

export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles.toast}>
      <Toast.Content className={styles.content}>
        <div className={styles.text}>
          <Toast.Title className={styles.title} />
          <Toast.Description className={styles.description} />
        </div>
        <Toast.Action className={styles.action} />
        <Toast.Close className={styles.close} aria-label="Dismiss">
          <Icon name="close" />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}
