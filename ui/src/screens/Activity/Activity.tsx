import { useState } from "react";
import { activityFilters, exportedWords } from "../../batchWords";
import { Button } from "../../components/Button";
import { type Chip, Chips } from "../../components/Chips";
import { ErrorBlock, ErrorText } from "../../components/Note";
import { Bar, Gap, Head, Screen } from "../../components/Screen";
import { SearchField } from "../../components/SearchField";
import { SyncNote } from "../../components/SyncNote";
import { useTell } from "../../components/Toasts";
import { Skeleton, Void } from "../../components/Void";
import type { ActivityFilter, ExportKind } from "../../ipc/generated";
import { keys, useCommand, useServers } from "../../ipc/queries";
import { useWindow } from "../../ipc/reviewQueries";
import { number } from "../../words";
import styles from "./Activity.module.css";
import { ActivityList } from "./ActivityList";

const chips = (Object.keys(activityFilters) as ActivityFilter[]).map(
  (value): Chip<ActivityFilter> => ({ value, label: activityFilters[value] }),
);

/** What was decided here, what each reading found, and what can be taken back. */
export function Activity({ onSignIn }: { onSignIn: () => void }) {
  const sync = useServers().data?.sync;
  const [search, setSearch] = useState("");
  const [filter, setFilter] = useState<ActivityFilter>("all");
  const list = useWindow("list_activity", keys.activity, { search, filter });
  const narrowed = search !== "" || filter !== "all";
  return (
    <Screen title="Activity">
      <Head title="Activity">
        <SearchField
          label="Search servers and tools"
          value={search}
          onChange={setSearch}
          result={list.total === null ? "" : `${number(list.total)} found`}
        />
        <Gap />
        <Export kind="activity_json" label="Export JSON" />
        <Export kind="activity_csv" label="Export CSV" />
      </Head>
      {sync && <SyncNote sync={sync} onSignIn={onSignIn} />}
      <Bar>
        <Chips label="Which lines" chips={chips} value={filter} onChange={setFilter} />
      </Bar>
      <div className={styles.rest}>
        {list.error && list.total === null ? (
          <Void
            icon="warn"
            title="Activity could not be shown"
            actions={<Button onClick={list.retry}>Try again</Button>}
          >
            <ErrorText error={list.error} />
          </Void>
        ) : list.total === null ? (
          <Skeleton rows={12} height={40} label="Reading Activity" />
        ) : list.total > 0 ? (
          <ActivityList list={list} view={`${search} ${filter}`} />
        ) : narrowed ? (
          <Void
            icon="glass"
            title="Nothing matches"
            actions={
              <Button
                onClick={() => {
                  setSearch("");
                  setFilter("all");
                }}
              >
                Show everything
              </Button>
            }
          />
        ) : (
          <Void icon="clock" title="Nothing has happened yet">
            What you decide here, and what each reading finds, is written down and stays on this machine.
          </Void>
        )}
      </div>
    </Screen>
  );
}

/** Writes a file and says where it is. */
function Export({ kind, label }: { kind: ExportKind; label: string }) {
  const tell = useTell();
  const write = useCommand("export_file", (file) => tell(exportedWords(kind, file)));
  return (
    <>
      <Button busy={write.isPending} onClick={() => write.mutate({ kind })}>
        {label}
      </Button>
      {write.error && <ErrorBlock error={write.error} />}
    </>
  );
}
