import { useState } from "react";
import { AGES, useNow } from "../../clock";
import { Button } from "../../components/Button";
import { Chips } from "../../components/Chips";
import { ErrorText, Note } from "../../components/Note";
import { Bar, Body, Gap, Head, Screen } from "../../components/Screen";
import { SearchField } from "../../components/SearchField";
import { Skeleton, Void } from "../../components/Void";
import type { CatalogEntry, CatalogView } from "../../ipc/generated";
import { useCatalog, useServers } from "../../ipc/queries";
import { ago } from "../../time";
import { categoryWords } from "../../connectWords";
import { number } from "../../words";
import { useConnect } from "../Connect/context";
import { Card } from "./Card";
import { LendingNote } from "./LendingNote";
import styles from "./Catalog.module.css";

const EVERYTHING = "*";

/** What can be connected. */
export function Catalog() {
  const catalog = useCatalog();
  const problem = catalog.error ?? (catalog.data?.fetching ? null : catalog.data?.problem);
  return (
    <Screen title="Catalog">
      {catalog.data && !(catalog.data.never && catalog.data.entries.length === 0) ? (
        <Entries view={catalog.data} again={() => void catalog.refetch()} />
      ) : (
        <>
          <Head title="Catalog" />
          {problem ? (
            <Void
              icon="warn"
              title="The catalog could not be shown"
              actions={<Button onClick={() => void catalog.refetch()}>Try again</Button>}
            >
              <ErrorText error={problem} />
            </Void>
          ) : (
            <Skeleton rows={6} height={110} label="Reading the catalog" />
          )}
        </>
      )}
    </Screen>
  );
}

function categoriesOf(entries: CatalogEntry[]) {
  const counts = new Map<string, number>();
  for (const { category } of entries) counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts]
    .map(([value, n]) => ({ value, label: categoryWords(value), count: n }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

function Entries({ view, again }: { view: CatalogView; again: () => void }) {
  const now = useNow(AGES);
  const { add } = useConnect();
  const offline = useServers().data?.sync.offline ?? false;
  const [search, setSearch] = useState("");
  const [category, setCategory] = useState(EVERYTHING);
  const { entries } = view;
  const wanted = search.trim().toLowerCase();
  const shown = entries.filter(
    (entry) =>
      (category === EVERYTHING || entry.category === category) &&
      `${entry.name} ${entry.host} ${entry.description}`.toLowerCase().includes(wanted),
  );
  const chips = [{ value: EVERYTHING, label: "All", count: entries.length }, ...categoriesOf(entries)];
  const reset = () => {
    setSearch("");
    setCategory(EVERYTHING);
  };
  return (
    <>
      <Head title="Catalog">
        <SearchField
          label="Search the catalog"
          value={search}
          onChange={setSearch}
          result={`${number(shown.length)} of ${number(entries.length)}`}
        />
        <Gap />
        {view.fetching ? (
          <span className={styles.why}>Reading the catalog…</span>
        ) : (
          view.as_of && <span className={styles.why}>as of {ago(view.as_of, now)}</span>
        )}
        <Button onClick={add}>Add by URL</Button>
      </Head>
      <LendingNote />
      {view.problem && !view.fetching && (
        <Note icon="warn" live actions={<Button onClick={again}>Try again</Button>}>
          <ErrorText error={view.problem} />
        </Note>
      )}
      <Bar>
        <Chips label="Category" chips={chips} value={category} onChange={setCategory} />
      </Bar>
      <Body label="Catalog entries">
        {shown.length === 0 ? (
          <Void
            icon="glass"
            title={entries.length === 0 ? "The catalog is empty" : "Nothing in the catalog matches"}
            actions={entries.length > 0 && <Button onClick={reset}>Show everything</Button>}
          />
        ) : (
          <ul className={styles.grid}>
            {shown.map((entry) => (
              <Card key={entry.id} entry={entry} offline={offline} />
            ))}
          </ul>
        )}
      </Body>
    </>
  );
}
