import { useEffect, useRef } from "react";
import { useGo } from "../../app/route";
import { useTell } from "../../components/Toasts";
import { errorWords } from "../../errors";
import type { FlowStep, FlowView } from "../../ipc/generated";
import { useIsHere } from "../../ipc/queries";
import { flowChip, flowEnds, toolsFound } from "../../connectWords";

/** Steps after which nothing more happens. */
const ends = new Set<FlowStep>(["connected", "failed", "cancelled", "expired"]);

export type EndedStep = keyof typeof flowEnds;
export const hasEnded = (step: FlowStep): step is EndedStep => ends.has(step);

/** Says how a flow ended when its dialog is not there to say it. */
export function useEndedFlows(flows: FlowView[], shown: string | null, show: (id: string) => void): void {
  const steps = useRef(new Map<string, FlowStep>());
  const tell = useTell();
  const go = useGo();
  const isHere = useIsHere();
  useEffect(() => {
    for (const flow of flows) {
      const last = steps.current.get(flow.id);
      steps.current.set(flow.id, flow.step);
      if (!last || hasEnded(last) || !hasEnded(flow.step) || flow.id === shown || flow.step === "cancelled")
        continue;
      const { server_id } = flow;
      const connected = flow.step === "connected";
      tell({
        title: flowChip[flow.step](flow.title),
        text: connected
          ? toolsFound(flow.tools_found)
          : flow.problem
            ? errorWords(flow.problem).title
            : flowEnds[flow.step].text,
        action:
          connected && server_id && isHere(flow)
            ? { label: "Open server", run: () => go({ screen: "server", id: server_id }) }
            : { label: "Show", run: () => show(flow.id) },
      });
    }
  });
}
