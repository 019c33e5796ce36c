import { memo } from "react";
import { DecisionBadge, Tag, Waiting } from "../../components/Badges";
import { Icon } from "../../components/Icon";
import type { ReviewCount, ReviewItem } from "../../ipc/generated";
import { groupAction, groupCount, groupHeading, groupWords, itemWords, markWords } from "../../reviewWords";
import { needsYou, statusWords } from "../../serverWords";
import styles from "./Inbox.module.css";

interface Place {
  id: string;
  line: number;
  /** Pixels from the top of the list. */
  top: number;
}

interface InboxLineProps extends Place {
  index: number;
  item: ReviewItem | undefined;
  active: boolean;
  checked: boolean;
  /** The present, for ages. */
  now: number;
}

/** One entry; a grey one while its page is on the way. The grid hears clicks and keys for all its lines. */
export const InboxLine = memo(function InboxLine({
  id,
  line,
  top,
  index,
  item,
  active,
  checked,
  now,
}: InboxLineProps) {
  const className = [
    styles.item,
    active && styles.active,
    checked && styles.checked,
    item?.later && styles.later,
  ]
    .filter(Boolean)
    .join(" ");
  const place = { transform: `translateY(${top}px)` };
  if (!item)
    return (
      <div role="row" id={id} aria-rowindex={line + 1} aria-busy="true" className={className} style={place}>
        <span role="gridcell" className={styles.coming}>
          <span className="vh">On its way</span>
        </span>
      </div>
    );
  const words = itemWords(item, now);
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={line + 1}
      aria-selected={checked}
      className={className}
      style={place}
      data-index={index}
      data-entry={item.row?.name ?? item.server_id}
    >
      <span role="gridcell" className={styles.box}>
        {item.row && (
          <span data-check="" className={styles.check}>
            {checked && <Icon name="ok" />}
          </span>
        )}
      </span>
      <span role="gridcell" className={styles.what}>
        <span className={styles.first}>
          {item.row ? (
            <code title={item.row.label} dir="auto" className={styles.name}>
              {item.row.label}
            </code>
          ) : (
            <b title={item.server_name} dir="auto" className={styles.name}>
              {item.server_name}
            </b>
          )}
          <Mark item={item} />
        </span>
        <span className={styles.second} title={words} dir="auto">
          {item.later && <Tag>Later</Tag>} {words}
        </span>
      </span>
    </div>
  );
});

/** Mark and word: what waits in violet, a plain decision in its own colour. */
function Mark({ item }: { item: ReviewItem }) {
  switch (item.group) {
    case "changed_allowed":
    case "changed_otherwise":
    case "came_back":
    case "loosened":
      return <Waiting icon="delta">{markWords(item)}</Waiting>;
    case "removed":
      return <Tag>Removed</Tag>;
    case "connections":
      return item.status && needsYou(item.status) ? (
        <Waiting icon="warn">{statusWords[item.status]}</Waiting>
      ) : (
        <Tag>{item.status && statusWords[item.status]}</Tag>
      );
    default:
      return item.row && <DecisionBadge state={item.row.state} />;
  }
}

/** The header of a group, with what can be done with all of it. */
export function GroupLine({
  id,
  line,
  top,
  count,
  onAct,
}: Place & { count: ReviewCount; onAct: (count: ReviewCount) => void }) {
  // The loudest group has its button at the top of the screen.
  const action = count.group === "changed_allowed" ? "" : groupAction(count);
  return (
    <div
      role="row"
      id={id}
      aria-rowindex={line + 1}
      className={styles.group}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" className={styles.heading} title={groupHeading(count)}>
        <span>{groupWords[count.group]}</span>
        <span>{groupCount(count)}</span>
      </span>
      {action && (
        <span role="gridcell">
          <button type="button" className={styles.act} onClick={() => onAct(count)}>
            {action}
            <span className="vh"> All of: {groupHeading(count)}</span>
          </button>
        </span>
      )}
    </div>
  );
}
