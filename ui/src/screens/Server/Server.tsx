import { useState } from "react";
import { useGo } from "../../app/route";
import { Button } from "../../components/Button";
import { type Chip, Chips } from "../../components/Chips";
import { ErrorText } from "../../components/Note";
import { Bar, Gap, Head, Screen } from "../../components/Screen";
import { SearchField } from "../../components/SearchField";
import { SyncNote } from "../../components/SyncNote";
import { Skeleton, Void } from "../../components/Void";
import type { ServerRow, SyncView, ToolFilter } from "../../ipc/generated";
import { useServers } from "../../ipc/queries";
import { count, filterCount, filterWords, number } from "../../words";
import { DecideBar } from "../Batch/DecideBar";
import { Facts, Hero } from "./Hero";
import { RefreshNote, StatusNote, TurnOnNote } from "./Notes";
import styles from "./Server.module.css";
import { ToolPane } from "./ToolPane";
import { ToolTable } from "./ToolTable";
import { useRefresh } from "./useRefresh";
import { useTurnOn } from "./useTurnOn";
import { usePicks } from "./usePicks";
import { useToolWindow } from "./useToolWindow";

/** One server: what it is, how it is doing, what its tools may do. */
export function Server({ id, onSignIn }: { id: string; onSignIn: () => void }) {
  const servers = useServers();
  const go = useGo();
  const server = servers.data?.servers.find((one) => one.id === id);
  const back = <Button onClick={() => go({ screen: "servers" })}>All servers</Button>;
  return (
    <Screen title={server?.name ?? "Server"}>
      {server && servers.data ? (
        <Known server={server} sync={servers.data.sync} onSignIn={onSignIn} />
      ) : (
        <>
          <Head title="Server" />
          {servers.isPending ? (
            <Skeleton rows={8} height={36} label="Reading the server" />
          ) : servers.error ? (
            <Void icon="warn" title="The server could not be shown" actions={back}>
              <ErrorText error={servers.error} />
            </Void>
          ) : (
            <Void icon="plug" title="This server is not there any more" actions={back}>
              Somebody removed it from the project, or it was connected anew.
            </Void>
          )}
        </>
      )}
    </Screen>
  );
}

const filters: ToolFilter[] = ["all", "allowed", "ask", "blocked", "changed", "removed"];
const icons = { allowed: "ok", ask: "hand", blocked: "no" } as const;

const isMarked = (filter: ToolFilter): filter is keyof typeof icons => filter in icons;

function Known({ server, sync, onSignIn }: { server: ServerRow; sync: SyncView; onSignIn: () => void }) {
  const [search, setSearch] = useState("");
  const [filter, setFilter] = useState<ToolFilter>("all");
  const [opened, setOpened] = useState<{ tool: string; focus: boolean } | null>(null);
  const empty = server.counts.total + server.counts.removed === 0;
  const refresh = useRefresh(server);
  const turnOn = useTurnOn(server);
  const tools = useToolWindow(server.id, search, filter);
  const picks = usePicks(server.id, search, filter, tools.total ?? 0);
  // What a colleague connected only that colleague decides on.
  const deciding = server.is_owner && !empty;
  const chips: Chip<ToolFilter>[] = filters
    .map((value) => ({
      value,
      label: filterWords[value],
      count: filterCount(value, server.counts),
      ...(isMarked(value) && { icon: icons[value] }),
    }))
    .filter(({ value, count: n }) => value === "all" || n > 0 || value === filter);
  return (
    <>
      <Hero server={server} offline={sync.offline} refresh={refresh} turnOn={turnOn} />
      <SyncNote sync={sync} onSignIn={onSignIn} />
      <StatusNote server={server} newer={refresh.error} />
      <RefreshNote server={server} refresh={refresh} />
      <TurnOnNote turnOn={turnOn} />
      {!empty && <Facts id={server.id} counts={server.counts} />}
      {!empty && (
        <Bar>
          <SearchField
            slim
            label={`Search ${count(filterCount(filter, server.counts), "tool")}`}
            value={search}
            onChange={setSearch}
            result={tools.total === null ? "" : `${number(tools.total)} found`}
          />
          <Chips label="Which tools" chips={chips} value={filter} onChange={setFilter} />
          <Gap />
          {deciding && picks.size === 0 && (tools.total ?? 0) > 0 && (
            <Button kind="quiet" onClick={picks.all}>
              Select all {number(tools.total ?? 0)}
            </Button>
          )}
        </Bar>
      )}
      <div className={opened ? `${styles.split} ${styles.open}` : styles.split}>
        {empty ? (
          <NoTools server={server} onRefresh={refresh.start} />
        ) : (
          <ToolTable
            label={`Tools of ${server.name}`}
            tools={tools}
            view={`${search} ${filter}`}
            opened={opened?.tool ?? null}
            onOpen={(tool, focus) => setOpened({ tool, focus })}
            onClose={() => setOpened(null)}
            picks={deciding ? picks : null}
            onReset={() => {
              setSearch("");
              setFilter("all");
            }}
          />
        )}
        {opened && (
          <ToolPane
            key={opened.tool}
            server={server}
            tool={opened.tool}
            takeFocus={opened.focus}
            offline={sync.offline}
            onClose={() => setOpened(null)}
          />
        )}
      </div>
      {deciding && picks.size > 0 && (
        <DecideBar
          picked={picks.size}
          selection={picks.selection}
          onApplied={picks.clear}
          onClear={picks.clear}
        >
          {tools.total !== null && picks.size < tools.total && (
            <Button kind="quiet" onClick={picks.all}>
              All {number(tools.total)} that match
            </Button>
          )}
        </DecideBar>
      )}
    </>
  );
}

function NoTools({ server, onRefresh }: { server: ServerRow; onRefresh: () => void }) {
  const readable = server.is_owner && (server.status === "connected" || server.status === "never_read");
  return (
    <Void
      icon="plug"
      title="No tools known"
      actions={readable && <Button onClick={onRefresh}>Refresh tools</Button>}
    >
      {server.status === "connected"
        ? "PostHog has read this server and found no tools there."
        : server.status === "never_read"
          ? "It may have none, or PostHog may not have read it yet."
          : "Its tools appear here once PostHog has read them."}
    </Void>
  );
}
