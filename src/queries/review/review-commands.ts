// The commands that answer a review item.
import { quoteForShell } from "../../model/names.ts";
import type { NamePair } from "../../store/decisions/user-decisions.ts";
import type { ReviewItem } from "./review-items.ts";

/** Each command with its meaning. */
export function buildReviewCommands({
  kind,
  recordIds,
  candidates,
}: ReviewItem): { meaning: string; command: string }[] {
  const link = `rewind link ${recordIds.join(",")}`;
  const all = candidates.map(({ id }) => `a${id}`).join(",");
  if (kind === "fuzzy") {
    return [
      { meaning: "right", command: `${link} --add ${all}` },
      { meaning: "wrong", command: `${link} --not ${all}` },
    ];
  }
  const ways = candidates.map(({ id, title }) => ({
    meaning: candidates.length === 1 ? "yes" : `yes, ${title}`,
    command: `${link} --add a${id}`,
  }));
  return [...ways, { meaning: candidates.length === 1 ? "no" : "none of them", command: `${link} --none` }];
}

export function buildAliasCommand({ name, sameAs }: NamePair): string {
  return `rewind alias ${quoteForShell(name)} ${quoteForShell(sameAs)}`;
}
