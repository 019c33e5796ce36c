import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { acceptedWords, laterWords, takenBackWords } from "../../batchWords";
import type { ReviewPlace } from "../../app/route";
import { useTell } from "../../components/Toasts";
import { broughtBackWords, putOffWords } from "../../groupWords";
import { toCommandError } from "../../ipc/backend";
import { useBackend } from "../../ipc/context";
import type { CommandError, Decision, PlanUndo, SeenTool, Selection } from "../../ipc/generated";
import { keys, readAgain } from "../../ipc/queries";
import { takingBackWords } from "../../undoWords";
import { decisionWords, outcomeWords, stateWord } from "../../words";
import { useBatchDesk } from "../Batch/context";
import type { Undone } from "../Batch/ending";
import type { Inbox } from "./useInbox";
import { useTurn } from "./useTurn";

/** How a step is taken back, and which entry comes back by that; of a whole group no one entry. */
type Back = { undo: PlanUndo; entry: ReviewPlace | null } | { later: SeenTool } | { laterMany: SeenTool[] };

/** What came of one thing done on this screen. */
interface Done {
  /** In words; nothing when a dialog says it. */
  said: string;
  back: Back | null;
  /** Whether the next entry comes on; else the one on screen stays. */
  goesOn: boolean;
  /** The entry that comes back, and the batch that brings it. */
  comes?: { entry: ReviewPlace | null; batch: number | null };
  /** What PostHog answers to a step that is being taken back. */
  ends?: { ends: Promise<Undone>; step: Back };
}

export interface Steps {
  /** What came of the last step. */
  said: string;
  busy: boolean;
  pending: Decision | null;
  error: CommandError | null;
  canUndo: boolean;
  decide: (tool: SeenTool, label: string, decision: Decision) => void;
  accept: (tools: Selection, label: string) => void;
  putOff: (tool: SeenTool, label: string, later: boolean) => void;
  putOffMany: (tools: Selection) => void;
  /** Takes the last step of this screen back, then the one before it. */
  undo: () => void;
}

/** What is done on this screen, one at a time. */
export function useSteps({ goOn, comeBack }: Pick<Inbox, "goOn" | "comeBack">): Steps {
  const backend = useBackend();
  const client = useQueryClient();
  const desk = useBatchDesk();
  const [said, setSaid] = useState("");
  const [backs, setBacks] = useState<Back[]>([]);
  const tell = useTell();
  // Counts what was done here, and moves once more when the screen is left.
  const turn = useTurn();
  const work = useMutation<void, CommandError, { decision?: Decision; run: () => Promise<Done> }>({
    mutationFn: async ({ run }) => {
      try {
        const { said: words, back, goesOn, comes, ends } = await run();
        setSaid(words);
        if (ends) follow(ends);
        if (back) setBacks((all) => [...all, back]);
        await (goesOn ? goOn() : readAgain(client, keys.review));
        if (comes?.entry) comeBack(comes.entry, comes.batch);
      } catch (thrown) {
        setSaid("");
        // A refusal may have found another truth.
        await readAgain(client, keys.review);
        throw toCommandError(thrown);
      }
    },
  });
  const start = (run: () => Promise<Done>, decision?: Decision) => {
    if (work.isPending) return;
    turn.current += 1;
    work.mutate({ run, ...(decision && { decision }) });
  };

  /** Says at the end what PostHog answered: here while nothing else was done, else in passing. What failed can be tried again. */
  const follow = ({ ends, step }: NonNullable<Done["ends"]>) => {
    const mine = turn.current;
    const say = ({ back, words }: Undone) => {
      if (turn.current !== mine) return tell({ title: words });
      setSaid(words);
      if (!back) setBacks((all) => [...all, step]);
    };
    void ends.then(say);
  };

  const takeBack = async (back: Back): Promise<Pick<Done, "said" | "comes" | "ends">> => {
    if ("later" in back) {
      await backend.call("put_off", { tool: back.later, later: false });
      return { said: takenBackWords, comes: { entry: back.later, batch: null } };
    }
    if ("laterMany" in back) {
      const tools: Selection = { of: "tools", tools: back.laterMany };
      return { said: broughtBackWords(await backend.call("put_off_many", { tools, later: false })) };
    }
    const { undo, entry } = back;
    const taken = await desk.undo(undo, ({ id }) => entry && comeBack(entry, id));
    if ("error" in taken) throw taken.error;
    // Its plan is on screen: what is done there is said there.
    if ("shown" in taken) return { said: "" };
    const ends = { ends: taken.ends, step: back };
    return { said: takingBackWords, comes: { entry, batch: taken.batch }, ends };
  };

  const last = backs.at(-1);
  return {
    said,
    busy: work.isPending,
    pending: work.isPending ? (work.variables.decision ?? null) : null,
    error: work.error,
    canUndo: last !== undefined,
    decide: (tool, label, decision) =>
      start(async () => {
        const { row, outcome, decision: number } = await backend.call("decide", { ...tool, decision });
        void client.invalidateQueries({ queryKey: keys.toolsOf(tool.server_id) });
        void client.invalidateQueries({ queryKey: keys.servers });
        return {
          said: `${label}: ${outcomeWords[outcome](stateWord(row.state), decisionWords[decision].is)}`,
          back: { undo: { batch: null, decision: number }, entry: tool },
          goesOn: outcome !== "definition_changed",
        };
      }, decision),
    accept: (tools, label) =>
      start(async () => {
        const accepted = await backend.call("accept", { tools });
        const { batch, done } = accepted;
        const entry = (tools.of === "tools" && tools.tools[0]) || null;
        return {
          said: acceptedWords(accepted, label),
          back: batch === null ? null : { undo: { batch, decision: null }, entry },
          goesOn: done > 0,
        };
      }),
    putOff: (tool, label, later) =>
      start(async () => {
        await backend.call("put_off", { tool, later });
        return { said: laterWords(label, later), back: later ? { later: tool } : null, goesOn: later };
      }),
    putOffMany: (tools) =>
      start(async () => {
        const done = await backend.call("put_off_many", { tools, later: true });
        const any = done.tools.length > 0;
        return { said: putOffWords(done), back: any ? { laterMany: done.tools } : null, goesOn: any };
      }),
    undo: () => {
      if (!last) return;
      start(async () => {
        const done = await takeBack(last);
        setBacks((all) => all.slice(0, -1));
        return { ...done, back: null, goesOn: false };
      });
    },
  };
}
