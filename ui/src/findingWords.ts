/** Sentences about what Hedgerow finds in a definition. */
import type { FindingView } from "./ipc/generated";

export const fieldWords = (field: string) =>
  field === "description" || field === "title" || field === "name" ? `In the ${field}` : `In ${field}`;

export const findingFacts = (finding: FindingView) =>
  [fieldWords(finding.field), finding.old ? "was there before as well" : ""].filter(Boolean).join(" · ");

/** Findings that warn, and those that are common in honest definitions too. */
export const byWeight = (findings: FindingView[]) => ({
  warnings: findings.filter(({ note }) => !note),
  notes: findings.filter(({ note }) => note),
});

export const foundOnlyNotes = "Hedgerow found nothing here that stands out. That does not make it safe.";
export const notSafe = "Finding nothing would not make it safe.";
export const foundNothing = "Hedgerow found none of the patterns it knows. That does not make it safe.";
