import { createContext, use } from "react";
import type { BatchView, CommandError, PlanDecisions, PlanUndo, PlanView } from "../../ipc/generated";

/** What came of taking something back at once: done, shown as a plan because it is not plain, or failed. */
export type TakenBack = { batch: number } | { shown: true } | { error: CommandError };

export interface Batches {
  /** Shows what deciding on many tools would do, and applies it when told to. */
  plan: (ask: PlanDecisions, onApplied?: () => void) => void;
  /** Shows a plan that was made elsewhere. */
  showPlan: (plan: PlanView, title: string) => void;
  /** Takes a batch or a decision back: at once when that is plain, else with a plan first; then says when it is applied. */
  undo: (ask: PlanUndo, onApplied?: (batch: BatchView) => void) => Promise<TakenBack>;
  /** Shows what taking back would do, without doing it. */
  planUndo: (ask: PlanUndo) => void;
  /** Shows a batch that runs, stands or has ended. */
  show: (batch: BatchView) => void;
}

export const BatchContext = createContext<Batches | null>(null);

export function useBatchDesk(): Batches {
  const batches = use(BatchContext);
  if (!batches) throw new Error("no BatchProvider above this component");
  return batches;
}

/**
 * Whether taking back needs no question: one tool or nothing to send, all of it possible, nothing becoming less strict
 * and no choice staying behind where there was none.
 */
export function isPlain({ parts, looser, keeps_over_team, keeps_over_default, seconds }: PlanView): boolean {
  const changing = parts.find(({ part }) => part === "change")?.count ?? 0;
  const others = parts.some(({ part }) => part !== "change");
  const keeps = keeps_over_team + keeps_over_default;
  return changing > 0 && !others && looser === 0 && keeps === 0 && (changing === 1 || seconds === 0);
}
