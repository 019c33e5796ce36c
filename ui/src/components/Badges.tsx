import type { ReactNode } from "react";
import type { Counts } from "../ipc/generated";
import { countsLabel } from "../serverWords";
import { isDecision, stateWord } from "../words";
import styles from "./Badges.module.css";
import { Icon, type IconName } from "./Icon";

const looks: Record<string, { icon: IconName; tone: string | undefined }> = {
  approved: { icon: "ok", tone: styles.allow },
  needs_approval: { icon: "hand", tone: styles.ask },
  do_not_use: { icon: "no", tone: styles.block },
};

/** A decision: icon, word and colour together. An unknown word looks like the strictest and stays as it is. */
export function DecisionBadge({ state }: { state: string }) {
  const look = looks[isDecision(state) ? state : "do_not_use"];
  return (
    <span className={`${styles.dec} ${look?.tone}`}>
      {look && <Icon name={look.icon} />}
      <span className={styles.word}>{stateWord(state)}</span>
    </span>
  );
}

/** Something that waits for the person. */
export function Waiting({ icon, children }: { icon?: IconName; children: ReactNode }) {
  return (
    <span className={styles.wait}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}

/** A fact or somebody's claim: no colour. */
export function Tag({ children }: { children: ReactNode }) {
  return <span className={styles.tag}>{children}</span>;
}

/** How the tools of a server are decided, as parts of one bar. */
export function Meter({ counts }: { counts: Counts }) {
  const parts = [
    ["allow", counts.allowed],
    ["ask", counts.ask],
    ["block", counts.blocked],
  ] as const;
  return (
    <span className={styles.meter} role="img" aria-label={countsLabel(counts)}>
      {parts.map(
        ([part, n]) => n > 0 && <i key={part} className={styles[`${part}Part`]} style={{ flexGrow: n }} />,
      )}
    </span>
  );
}

/** Dark enough for white letters (4.5 to 1 at least). */
const tileColours = [
  "#4f5bc4",
  "#24292f",
  "#6a3fa0",
  "#a34a17",
  "#0b6577",
  "#495057",
  "#0052cc",
  "#1f6b4f",
  "#8a2f5d",
  "#5b5514",
];

/** A colour that stays with a name. */
export function tileColour(name: string): string {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return tileColours[hash % tileColours.length] ?? "#495057";
}

/** The first letter of a name on its colour. */
export function Letter({ name, size = "small" }: { name: string; size?: "small" | "row" | "card" | "hero" }) {
  const letter = [...new Intl.Segmenter().segment(name.trim())][0]?.segment.toUpperCase() ?? "?";
  return (
    <span
      className={`${styles.letter} ${styles[size]}`}
      style={{ background: tileColour(name) }}
      aria-hidden="true"
    >
      {letter}
    </span>
  );
}
