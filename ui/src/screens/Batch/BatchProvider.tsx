import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { planTitle, planTotal } from "../../batchWords";
import { Dialog } from "../../components/Dialog";
import { ErrorBlock } from "../../components/Note";
import { toCommandError } from "../../ipc/backend";
import { useBackend } from "../../ipc/context";
import type { BatchView, CommandError, PlanView } from "../../ipc/generated";
import { keys, readAgain } from "../../ipc/queries";
import { BatchDialog } from "./BatchDialog";
import { BatchContext, type Batches, isPlain } from "./context";
import { PlanDialog } from "./PlanDialog";
import { useEndedBatches } from "./useEndedBatches";

type Shown =
  | { at: "planning" }
  | { at: "failed"; error: CommandError }
  | { at: "plan"; plan: PlanView; title: string; onApplied?: ((batch: BatchView) => void) | undefined }
  | { at: "batch"; batch: BatchView };

/** Everything between *Ask first for all…* and a batch that has ended. Closing the dialog stops nothing. */
export function BatchProvider({ children }: { children: ReactNode }) {
  const backend = useBackend();
  const client = useQueryClient();
  const [shown, setShown] = useState<Shown | null>(null);
  const close = () => setShown(null);
  useEndedBatches(shown?.at === "batch" ? shown.batch.id : null, (batch) => setShown({ at: "batch", batch }));

  const ask = async (work: () => Promise<PlanView>, onApplied?: () => void) => {
    setShown({ at: "planning" });
    try {
      const plan = await work();
      setShown({ at: "plan", plan, title: planTitle(plan.asked, planTotal(plan)), onApplied });
    } catch (thrown) {
      setShown({ at: "failed", error: toCommandError(thrown) });
    }
  };
  const desk: Batches = {
    plan: (what, onApplied) => void ask(() => backend.call("plan_decisions", what), onApplied),
    planUndo: (what) => void ask(() => backend.call("plan_undo", what)),
    showPlan: (plan, title) => setShown({ at: "plan", plan, title }),
    show: (batch) => setShown({ at: "batch", batch }),
    undo: async (what, onApplied) => {
      try {
        const plan = await backend.call("plan_undo", what);
        if (!isPlain(plan)) {
          setShown({ at: "plan", plan, title: planTitle(plan.asked, planTotal(plan)), onApplied });
          return { shown: true };
        }
        const { id } = await backend.call("apply_plan", { plan: plan.plan, looser_confirmed: false });
        void readAgain(client, keys.batches);
        return { batch: id };
      } catch (thrown) {
        return { error: toCommandError(thrown) };
      }
    },
  };
  return (
    <BatchContext value={desk}>
      {children}
      {shown?.at === "planning" && (
        <Dialog open onClose={close} title="What this would do">
          <p role="status">Looking at each tool…</p>
        </Dialog>
      )}
      {shown?.at === "failed" && (
        <Dialog open onClose={close} title="What this would do">
          <ErrorBlock error={shown.error} />
        </Dialog>
      )}
      {shown?.at === "plan" && (
        <PlanDialog
          key={shown.plan.plan}
          plan={shown.plan}
          title={shown.title}
          onClose={close}
          onApplied={(batch) => {
            shown.onApplied?.(batch);
            setShown({ at: "batch", batch });
          }}
        />
      )}
      {shown?.at === "batch" && (
        <BatchDialog key={shown.batch.id} began={shown.batch} onClose={close} onUndo={desk.planUndo} />
      )}
    </BatchContext>
  );
}
