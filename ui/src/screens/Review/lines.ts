import type { ReviewCount, ReviewItem } from "../../ipc/generated";

/** A group and where its header and its entries stand in the one flat list. */
export interface Block {
  count: ReviewCount;
  /** Line of the header. */
  line: number;
  /** Index of its first entry. */
  first: number;
}

/** The groups, one after the other. */
export function blocksOf(groups: ReviewCount[]): Block[] {
  let first = 0;
  return groups.map((count, i) => {
    const block = { count, line: first + i, first };
    first += count.count;
    return block;
  });
}

export const totalOf = (groups: ReviewCount[]) => groups.reduce((sum, { count }) => sum + count, 0);

/** The line of an entry. */
export const lineOf = (blocks: Block[], index: number) =>
  index + blocks.filter(({ first }) => first <= index).length;

/** What stands on a line: a group's header, or an entry. */
export function onLine(blocks: Block[], line: number): { header: Block } | { index: number } {
  const at = blocks.findLastIndex((block) => block.line <= line);
  const block = blocks[at];
  if (block?.line === line) return { header: block };
  return { index: line - at - 1 };
}

/** What an entry is known by while the list moves. */
export const keyOf = ({ server_id, row }: Pick<ReviewItem, "server_id" | "row">) =>
  JSON.stringify([server_id, row?.name ?? null]);
