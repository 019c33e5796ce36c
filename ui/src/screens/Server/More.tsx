import { useState } from "react";
import { ActionMenu, type MenuAction } from "../../components/ActionMenu";
import { quietButton } from "../../components/Button";
import type { ServerRow } from "../../ipc/generated";
import { useCatalog, useServers } from "../../ipc/queries";
import { cannotShare, keyStays, manageRefusal } from "../../manageWords";
import { useConnect } from "../Connect/context";
import { EditDialog } from "./EditDialog";
import { OffDialog, RemoveDialog, ShareDialog } from "./ManageDialogs";

type Asked = "edit" | "off" | "share" | "remove";
const dialogs = { edit: EditDialog, off: OffDialog, share: ShareDialog, remove: RemoveDialog };

/** Everything else that can be done with a server. */
export function More({
  server,
  offline,
  turnOn,
}: {
  server: ServerRow;
  offline: boolean;
  turnOn: () => void;
}) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const login = useLogin(server);
  const canShare = useServers().data?.can_share ?? true;
  const refusal = manageRefusal(server, offline);
  const off = server.status === "off";
  const actions: MenuAction[] = [
    { label: "Rename and describe…", run: () => setAsked("edit") },
    login,
    off ? { label: "Turn on", run: turnOn } : { label: "Turn off…", run: () => setAsked("off") },
    {
      label: server.shared ? "Take back from the project…" : "Share with the project…",
      run: () => setAsked("share"),
      unavailable: canShare ? "" : cannotShare,
    },
    { label: "Remove…", run: () => setAsked("remove"), apart: true },
  ];
  const Asking = asked && dialogs[asked];
  return (
    <>
      <ActionMenu
        label="More"
        about={server.name}
        actions={actions}
        refusal={refusal}
        className={quietButton}
      />
      {Asking && <Asking server={server} offline={offline} onClose={() => setAsked(null)} />}
    </>
  );
}

/** Renewing the login, healthy ones too; a key can be renewed only where the catalog knows the server. */
function useLogin(server: ServerRow): MenuAction {
  const { connect, reconnect } = useConnect();
  const entries = useCatalog(server.auth === "api_key").data?.entries;
  if (server.auth !== "api_key") {
    const label = server.status === "finish_connecting" ? "Finish connecting" : "Log in again";
    return { label, run: () => reconnect(server), unavailable: "" };
  }
  const entry = entries?.find(
    ({ installed, auth }) => auth === "api_key" && installed?.server_id === server.id,
  );
  return {
    label: "Use another key…",
    run: () => entry && connect(entry),
    unavailable: entry ? "" : keyStays,
  };
}
