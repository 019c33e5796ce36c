import { useNow } from "../../clock";
import { Spinner } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Tip } from "../../components/Tip";
import type { FlowView } from "../../ipc/generated";
import { useFlows } from "../../ipc/queries";
import { left } from "../../time";
import { flowChip } from "../../connectWords";
import styles from "./Connect.module.css";
import { useConnect } from "./context";
import { hasEnded } from "./useEndedFlows";

/** Every flow of this run, at the foot of the rail. */
export function FlowChips({ narrow }: { narrow: boolean }) {
  const flows = useFlows().data ?? [];
  if (flows.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label="Connections under way">
      {flows.map((flow) => (
        <li key={flow.id}>
          <FlowChip flow={flow} narrow={narrow} />
        </li>
      ))}
    </ul>
  );
}

function FlowChip({ flow, narrow }: { flow: FlowView; narrow: boolean }) {
  const { show } = useConnect();
  const now = useNow(1000);
  const text = flowChip[flow.step](flow.title);
  const time = flow.step === "waiting" && flow.deadline_ms !== null ? left(flow.deadline_ms, now) : "";
  return (
    <Tip text={time ? `${text} · ${time}` : text} enabled={narrow}>
      <button type="button" className={styles.chip} onClick={() => show(flow.id)}>
        {!hasEnded(flow.step) ? <Spinner /> : <Icon name={flow.step === "connected" ? "ok" : "info"} />}
        <span className={styles.text}>{text}</span>
        {time && <span className={styles.time}>{time}</span>}
      </button>
    </Tip>
  );
}
