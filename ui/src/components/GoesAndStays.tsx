import styles from "./GoesAndStays.module.css";

/** What is lost by something that cannot be undone, and what is not. */
export function GoesAndStays({ goes, stays }: { goes: string[]; stays: string[] }) {
  return (
    <>
      <List title="What goes" lines={goes} />
      <List title="What stays" lines={stays} />
    </>
  );
}

function List({ title, lines }: { title: string; lines: string[] }) {
  return (
    <section className={styles.part}>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
