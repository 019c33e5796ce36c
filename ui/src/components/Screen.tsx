import { type ReactNode, useEffect } from "react";
import styles from "./Screen.module.css";

/** The frame of a screen: it names the window. */
export function Screen({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · Hedgerow`;
  }, [title]);
  return <div className={styles.screen}>{children}</div>;
}

/** The line at the top of a screen. */
export function Head({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className={styles.head}>
      <h1>{title}</h1>
      {children}
    </header>
  );
}

/** A line of filters below the head. */
export const Bar = ({ children }: { children: ReactNode }) => <div className={styles.bar}>{children}</div>;

/** The part that scrolls. */
export function Body({ children, label }: { children: ReactNode; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className={styles.body} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}

/** Pushes what follows to the end of its line. */
export const Gap = () => <span className={styles.gap} />;
