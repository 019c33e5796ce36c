import { Button } from "../../components/Button";
import { Dialog, DialogButtons } from "../../components/Dialog";
import { ErrorText } from "../../components/Note";
import { useQuery } from "@tanstack/react-query";
import { useBackend } from "../../ipc/context";
import type { CommandError, ReviewCount, ReviewItem, Selection } from "../../ipc/generated";
import { keys } from "../../ipc/queries";
import { useReview } from "../../ipc/reviewQueries";
import { baselineCounts, baselineExplained, baselineWho } from "../../reviewWords";
import { count } from "../../words";
import styles from "./Review.module.css";
import { blocksOf } from "./lines";

/** Entries asked for at once; the core gives at most 200. */
const PAGE = 200;

/** One step that says what a baseline is, and what would become one. */
export function Baseline({
  count: group,
  revision,
  onClose,
  onAccept,
}: {
  count: ReviewCount;
  revision: number;
  onClose: () => void;
  onAccept: (tools: Selection, label: string) => void;
}) {
  const items = useGroup(group);
  const tools = group.count - group.later;
  return (
    <Dialog open onClose={onClose} title={`Accept ${count(tools, "tool")} as baseline?`}>
      <div className={styles.baseline}>
        {baselineExplained.map((words) => (
          <p key={words}>{words}</p>
        ))}
        {items.data ? (
          <>
            <p>{baselineCounts(items.data)}</p>
            <p>{baselineWho(items.data)}</p>
          </>
        ) : items.error ? (
          <p>
            <ErrorText error={items.error} />
          </p>
        ) : (
          <p role="status">Counting what they may do…</p>
        )}
      </div>
      <DialogButtons>
        <Button
          kind="primary"
          onClick={() => onAccept({ of: "group", group: group.group, revision }, count(tools, "tool"))}
        >
          Accept as baseline
        </Button>
        <Button kind="quiet" onClick={onClose}>
          Not now
        </Button>
      </DialogButtons>
    </Dialog>
  );
}

/** Every entry of a group that is not put off. */
function useGroup(group: ReviewCount) {
  const backend = useBackend();
  const groups = useReview().data?.groups ?? [];
  const first = blocksOf(groups).find(({ count }) => count.group === group.group)?.first ?? 0;
  return useQuery<ReviewItem[], CommandError>({
    queryKey: [...keys.review, "group", group.group, first, group.count],
    queryFn: async () => {
      const items: ReviewItem[] = [];
      while (items.length < group.count) {
        const limit = Math.min(PAGE, group.count - items.length);
        const page = await backend.call("list_review", { offset: first + items.length, limit });
        if (page.items.length === 0) break;
        items.push(...page.items);
      }
      return items.filter((item) => item.group === group.group && !item.later);
    },
  });
}
