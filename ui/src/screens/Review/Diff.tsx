import type { TextDiff, TextPart, Unseen } from "../../ipc/generated";
import styles from "./Diff.module.css";

/** A text in pieces: what came is underlined, what went is struck through, what cannot be seen is named. */
export function Parts({ parts }: { parts: TextPart[] }) {
  return parts.map((part, i) => {
    const inner = part.unseen ? <Chip text={part.text} unseen={part.unseen} /> : part.text;
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text never move
    if (part.change === "added") return <ins key={i}>{inner}</ins>;
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    if (part.change === "removed") return <del key={i}>{inner}</del>;
    // biome-ignore lint/suspicious/noArrayIndexKey: as above
    return <span key={i}>{inner}</span>;
  });
}

/** The same text with nothing marked as new or gone. */
export const unmarked = (parts: TextPart[]): TextPart[] => parts.map((part) => ({ ...part, change: "same" }));

/** A character nobody sees, as a chip with its name. */
function Chip({ text, unseen }: { text: string; unseen: Unseen }) {
  return (
    <span className={styles.unseen} title={unseen.name} dir="ltr">
      {text}
      <span className="vh"> ({unseen.name})</span>
    </span>
  );
}

/** Two texts side by side; one card when they are the same or there is nothing to compare with. */
export function TextCards({
  what,
  text,
  earlier,
  sides,
}: {
  /** What the texts are, for example `Description`. */
  what: string;
  text: TextDiff;
  /** What the earlier text is called: `you allowed`. */
  earlier: string;
  /** Which of the two there are. */
  sides: "both" | "before" | "now";
}) {
  if (sides === "both" && !text.same)
    return (
      <div className={styles.cols}>
        <Card title={`${what} ${earlier}`} parts={text.before} clipped={text.clipped} />
        <Card title={`${what} now`} parts={text.after} clipped={text.clipped} />
      </div>
    );
  const title =
    sides === "both" ? `${what}, unchanged` : sides === "before" ? `${what} it had` : `${what} now`;
  // Alone on its card nothing is marked: all of it is of one kind.
  const plain = unmarked(sides === "before" ? text.before : text.after);
  return <Card title={title} parts={plain} clipped={text.clipped} />;
}

function Card({ title, parts, clipped }: { title: string; parts: TextPart[]; clipped: boolean }) {
  return (
    <section className={styles.card}>
      <h3>{title}</h3>
      {parts.length > 0 ? (
        <p className={styles.text} dir="auto">
          <Parts parts={parts} />
        </p>
      ) : (
        <p className={styles.quiet}>The server gives none.</p>
      )}
      {clipped && <p className={styles.quiet}>It is longer than this; the rest is not shown.</p>}
    </section>
  );
}
