import { useGo } from "../../app/route";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import type { AddressCheck } from "../../ipc/generated";
import { useServers } from "../../ipc/queries";
import { installedWords, notOffline } from "../../manageWords";
import { statusWords } from "../../serverWords";
import styles from "./Connect.module.css";

/** The address is connected already: what to do instead of adding it again. */
export function AlreadyThere({
  check,
  offline,
  onClose,
  onLogIn,
}: {
  check: AddressCheck;
  offline: boolean;
  onClose: () => void;
  onLogIn: (server: { id: string; name: string }) => void;
}) {
  const go = useGo();
  const servers = useServers().data?.servers;
  const { installed } = check;
  if (!installed) return null;
  const name = check.installed_name ?? check.host;
  const withKey = servers?.find(({ id }) => id === installed.server_id)?.auth === "api_key";
  return (
    <div className={styles.there} role="alert">
      <Icon name="info" />
      <div>
        <p>
          {installedWords(name, installed.status === "connected")} Its status: {statusWords[installed.status]}
          .
        </p>
        <div className={styles.instead}>
          {!withKey && (
            <Button
              unavailable={offline ? notOffline : ""}
              onClick={() => onLogIn({ id: installed.server_id, name })}
            >
              {installed.status === "finish_connecting" ? "Finish connecting" : "Log in again"}
            </Button>
          )}
          <Button
            onClick={() => {
              onClose();
              go({ screen: "server", id: installed.server_id });
            }}
          >
            Open {name}
          </Button>
        </div>
      </div>
    </div>
  );
}
