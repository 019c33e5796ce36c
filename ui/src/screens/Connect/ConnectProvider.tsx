import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Dialog, DialogButtons } from "../../components/Dialog";
import { ErrorBlock } from "../../components/Note";
import { toCommandError } from "../../ipc/backend";
import { useBackend } from "../../ipc/context";
import type { CatalogEntry, CommandError, FlowView, SchemeView } from "../../ipc/generated";
import { keys, useCatalog, useFlows } from "../../ipc/queries";
import type { Way } from "../../manageWords";
import { AddDialog, type Adding } from "./AddDialog";
import { type Connect, ConnectContext, idOf, type Origin, originOf, originOfServer } from "./context";
import { FlowDialog } from "./FlowDialog";
import { KeyDialog } from "./KeyDialog";
import { SchemeDialog } from "./SchemeDialog";
import { useEndedFlows } from "./useEndedFlows";

/** Everything between *Connect* and a connected server: the question about links, the key, the flows. */
export function ConnectProvider({ children }: { children: ReactNode }) {
  const backend = useBackend();
  const client = useQueryClient();
  const flows = useFlows().data ?? [];
  const origins = useRef(new Map<string, Origin>());
  const [shown, setShown] = useState<string | null>(null);
  const [asking, setAsking] = useState<{ scheme: SchemeView; origin: Origin } | null>(null);
  const [keyFor, setKeyFor] = useState<Origin | null>(null);
  const [adding, setAdding] = useState<Adding | null>(null);
  const [failed, setFailed] = useState<{ origin: Origin; error: CommandError } | null>(null);
  const [beginning, setBeginning] = useState<string | null>(null);
  useEndedFlows(flows, shown, setShown);

  const began = (flow: FlowView, origin: Origin) => {
    origins.current.set(flow.id, origin);
    client.setQueryData<FlowView[]>(keys.flows, (known = []) =>
      known.some(({ id }) => id === flow.id) ? known : [flow, ...known],
    );
    setShown(flow.id);
  };

  const attempt = async (origin: Origin, work: () => Promise<void>) => {
    setBeginning(idOf(origin));
    setFailed(null);
    try {
      await work();
    } catch (thrown) {
      setFailed({ origin, error: toCommandError(thrown) });
    } finally {
      setBeginning(null);
    }
  };

  const begin = (origin: Origin) =>
    attempt(origin, async () => {
      setAsking(null);
      if (origin.kind === "address") return;
      const flow =
        origin.kind === "server"
          ? await backend.call("reconnect_server", { server_id: origin.server_id })
          : await backend.call("connect_template", { template_id: origin.template_id, api_key: null });
      began(flow, origin);
    });

  const start = (origin: Origin, problem: CommandError | null = null) => {
    if (origin.kind === "address") {
      setAdding({ typed: origin.typed, problem });
      return;
    }
    if (origin.kind === "key") {
      setKeyFor(origin);
      return;
    }
    void attempt(origin, async () => {
      const scheme = await backend.call("scheme", {});
      if (scheme.owner !== "hedgerow" && !scheme.declined) setAsking({ scheme, origin });
      else await begin(origin);
    });
  };

  const latest = useRef({ start, beginning });
  latest.current = { start, beginning };
  const value = useMemo<Connect>(() => {
    const once = (origin: Origin) => latest.current.beginning === null && latest.current.start(origin);
    return {
      connect: (entry) => void once(originOf(entry)),
      reconnect: (server) => void once(originOfServer(server)),
      add: () => setAdding({ typed: null, problem: null }),
      show: setShown,
      beginning,
    };
  }, [beginning]);

  const flow = flows.find(({ id }) => id === shown);
  const begun = flow && origins.current.get(flow.id);
  const entries = useCatalog(flow !== undefined && !begun).data?.entries ?? [];
  const origin = flow && (begun ?? fallbackOrigin(flow, entries));
  return (
    <ConnectContext value={value}>
      {children}
      {asking && (
        <SchemeDialog
          scheme={asking.scheme}
          lends={asking.origin.kind === "entry"}
          onClose={() => setAsking(null)}
          onAnswered={() => void begin(asking.origin)}
        />
      )}
      {keyFor && keyFor.kind === "key" && (
        <KeyDialog
          title={keyFor.title}
          templateId={keyFor.template_id}
          onClose={() => setKeyFor(null)}
          onBegan={(begun) => {
            setKeyFor(null);
            began(begun, keyFor);
          }}
        />
      )}
      {adding && (
        <AddDialog
          {...adding}
          onClose={() => setAdding(null)}
          onBegan={(begun, typed) => {
            setAdding(null);
            began(begun, { kind: "address", title: typed.name, typed });
          }}
          onLogIn={(server) => {
            setAdding(null);
            start(originOfServer(server));
          }}
        />
      )}
      {failed && (
        <Dialog open onClose={() => setFailed(null)} title={`Connect ${failed.origin.title}`}>
          <ErrorBlock error={failed.error} />
          <DialogButtons>
            <Button kind="primary" busy={beginning !== null} onClick={() => void begin(failed.origin)}>
              Try again
            </Button>
            <Button kind="quiet" onClick={() => setFailed(null)}>
              Close
            </Button>
          </DialogButtons>
        </Dialog>
      )}
      {flow && (
        <FlowDialog
          key={flow.id}
          flow={flow}
          way={origin ? wayOf(origin) : "browser"}
          onClose={() => setShown(null)}
          {...(origin && {
            onAgain: () => start(origin, flow.problem),
          })}
        />
      )}
    </ConnectContext>
  );
}

function wayOf(origin: Origin): Way {
  if (origin.kind === "address") return origin.typed.way;
  return origin.kind === "key" ? "key" : "browser";
}

/** Where a flow that this page did not begin came from: its catalog entry, or else its server. */
function fallbackOrigin(
  { title, server_id, template_id }: FlowView,
  entries: CatalogEntry[],
): Origin | undefined {
  const entry = entries.find(({ id }) => id === template_id);
  if (entry) return originOf(entry);
  return server_id === null ? undefined : { kind: "server", title, server_id };
}
