import { useState } from "react";
import { useGo } from "../../app/route";
import { Button } from "../../components/Button";
import { type Chip, Chips } from "../../components/Chips";
import { ErrorText } from "../../components/Note";
import { Bar, Body, Gap, Head, Screen } from "../../components/Screen";
import { SearchField } from "../../components/SearchField";
import { SyncNote } from "../../components/SyncNote";
import { Skeleton, Void } from "../../components/Void";
import { WatchLine } from "../../components/WatchLine";
import type { ServerRow, ServersView } from "../../ipc/generated";
import { useCommand, useServers } from "../../ipc/queries";
import { isOff, needsYou } from "../../serverWords";
import { count, number } from "../../words";
import { useConnect } from "../Connect/context";
import { QueueNote, RefreshAll, useRefreshAll } from "./RefreshAll";
import { ServerItem } from "./ServerItem";

type Filter = "all" | "need" | "off" | "shared";

const passes: Record<Filter, (server: ServerRow) => boolean> = {
  all: () => true,
  need: (server) => needsYou(server.status),
  off: (server) => isOff(server.status),
  shared: (server) => server.shared,
};

const labels: Record<Filter, string> = { all: "All", need: "Need you", off: "Off", shared: "Shared" };

/** All servers of the project. */
export function Servers({ onSignIn }: { onSignIn: () => void }) {
  const servers = useServers();
  const go = useGo();
  const { add } = useConnect();
  const catalog = (
    <>
      <Button onClick={() => add()}>Add by URL</Button>
      <Button kind="primary" onClick={() => go({ screen: "catalog" })}>
        Open the catalog
      </Button>
    </>
  );
  return (
    <Screen title="Servers">
      {servers.data ? (
        <List view={servers.data} catalog={catalog} onSignIn={onSignIn} />
      ) : (
        <>
          <Head title="Servers" />
          {servers.error ? (
            <Void
              icon="warn"
              title="The servers could not be shown"
              actions={<Button onClick={() => void servers.refetch()}>Try again</Button>}
            >
              <ErrorText error={servers.error} />
            </Void>
          ) : (
            <Skeleton rows={8} height={59} label="Reading the servers" />
          )}
        </>
      )}
    </Screen>
  );
}

function List({
  view,
  catalog,
  onSignIn,
}: {
  view: ServersView;
  catalog: React.ReactNode;
  onSignIn: () => void;
}) {
  const [search, setSearch] = useState("");
  const [filter, setFilter] = useState<Filter>("all");
  const all = useRefreshAll();
  const { servers, sync } = view;
  if (servers.length === 0) {
    return (
      <>
        <Head title="Servers" />
        <SyncNote sync={sync} onSignIn={onSignIn} />
        <Nothing sync={sync} catalog={catalog} />
      </>
    );
  }
  const wanted = search.trim().toLowerCase();
  const shown = servers.filter(
    (one) =>
      passes[filter](one) && `${one.name} ${one.host} ${one.description}`.toLowerCase().includes(wanted),
  );
  const chips: Chip<Filter>[] = (Object.keys(labels) as Filter[])
    .map((value) => ({ value, label: labels[value], count: servers.filter(passes[value]).length }))
    .filter((chip) => chip.value === "all" || chip.count > 0 || chip.value === filter);
  return (
    <>
      <Head title="Servers">
        <SearchField
          label={`Search ${count(servers.length, "server")}`}
          value={search}
          onChange={setSearch}
          result={`${number(shown.length)} of ${number(servers.length)}`}
        />
        <Gap />
        <RefreshAll view={view} all={all} />
        {catalog}
      </Head>
      <SyncNote sync={sync} onSignIn={onSignIn} />
      <QueueNote view={view} all={all} />
      <Bar>
        <Chips label="Which servers" chips={chips} value={filter} onChange={setFilter} />
        <Gap />
        <WatchLine />
      </Bar>
      <Body label="List of servers">
        {shown.length === 0 ? (
          <Void
            icon="glass"
            title="No server matches"
            actions={
              <Button
                onClick={() => {
                  setSearch("");
                  setFilter("all");
                }}
              >
                Show all servers
              </Button>
            }
          />
        ) : (
          <ul>
            {shown.map((server) => (
              <ServerItem key={server.id} server={server} offline={sync.offline} />
            ))}
          </ul>
        )}
      </Body>
    </>
  );
}

/** What an empty list means: nothing there, nothing read yet, or not to be had. */
function Nothing({ sync, catalog }: { sync: ServersView["sync"]; catalog: React.ReactNode }) {
  const again = useCommand("sync_now");
  if (sync.last_success_at) {
    return (
      <Void icon="plug" title="No servers in this project yet" actions={catalog}>
        Connect one from the catalog, or add your own by its URL. Its tools start as Ask first unless your
        team decided otherwise.
      </Void>
    );
  }
  if (sync.running || again.isPending)
    return <Skeleton rows={8} height={59} label="Reading the servers for the first time" />;
  return (
    <Void
      icon="plug"
      title="Nothing has been read yet"
      actions={<Button onClick={() => again.mutate({})}>Read now</Button>}
    >
      Hedgerow has not been able to read this project from PostHog so far.
    </Void>
  );
}
