import { useNow } from "../clock";
import { useWatch } from "../ipc/reviewQueries";
import { watchWords } from "../watchWords";
import styles from "./WatchLine.module.css";

/** How often the time until the next turn is looked at again. */
const TURNS = 10_000;

/** Says when PostHog was last asked to look for changes, and whose turn is next. */
export function WatchLine() {
  const now = useNow(TURNS);
  const watch = useWatch().data;
  if (!watch) return null;
  const words = watchWords(watch, now);
  return (
    <p className={styles.line} title={words}>
      {words}
    </p>
  );
}
