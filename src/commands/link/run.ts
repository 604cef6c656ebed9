import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { formatArtistAndTitle } from "../../model/names.ts";
import { joinLines } from "../../output/safe-text.ts";
import { writeJson } from "../../output/json.ts";
import { pluralize } from "../../output/format-numbers.ts";
import { wrapText } from "../../output/paragraph.ts";
import { afterSyncNotice } from "../../actions/apply-decision.ts";
import { linkRecords, type LinkTarget } from "../../actions/link-records.ts";
import type { ResolvedRecord } from "../../actions/resolve-target.ts";
import { buildExplanationDocument } from "../../queries/explain/explain-record.ts";
import type { Explanation } from "../../queries/explain/explanation.ts";
import { runWithPrompts } from "../shared/prompting/prompt-choice.ts";
import { splitRecordList } from "../shared/prompting/record-choice.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { albumsOption, jsonOption, recordArgument } from "../shared/listing/list-options.ts";
import { createActionAccess } from "../shared/access/action-access.ts";
import { describeUndo } from "../shared/access/undo-hint.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";

const linkOptions = declareOptions(
  { flags: "--add <albums>", help: "also count the plays of these albums", ...albumsOption },
  { flags: "--not <albums>", help: "don't count the plays of these albums", ...albumsOption },
  {
    flags: "--only <albums>",
    help: "count only the plays of these albums",
    ...albumsOption,
    excludes: ["add", "not"],
  },
  {
    flags: "--none",
    help: "count no plays: no album is this record",
    excludes: ["add", "not", "only"],
  },
  {
    flags: "--clear",
    help: "remove your decision, or your answer in a review, and use the matcher again",
    excludes: ["add", "not", "only", "none"],
  },
  { flags: "--this-copy", help: "apply the decision to this copy only" },
  jsonOption,
);

export const declaration = declareCommand({
  name: "link",
  details: `Your decision overrides the matcher and survives every sync. It applies to all copies of the release. If you name
the record by a master or by words, it applies to every pressing of the album.
ALBUMS are ids from rewind explain (a12,a340), the address of an album on last.fm, or quoted words that find one album.
Each option can be repeated.`,
  json: async () => [{ schema: (await import("../../queries/documents/match-documents.ts")).explainSchema }],
  arguments: [recordArgument],
  options: linkOptions,
  examples: [
    ["rewind link 17 --not a2950", "an edition that is another album"],
    ["rewind link 1456 --add a91,a90,a95", "a box set of three albums"],
    [
      "rewind link 145 --only https://www.last.fm/music/Kraftwerk/Trans-Europe+Express",
      "an album by its address",
    ],
    ['rewind link 145 --add "trans europe express"', "an album by words"],
    ["rewind link 17 --clear", "remove the decision"],
  ],
  load: async () => runLink,
});

async function runLink(
  context: Context,
  { words, options, asJson }: Invocation<typeof linkOptions>,
): Promise<void> {
  if (words.length === 0) throw new UsageError("no record given", "For example: rewind link 17 --add a12");
  const { add, not, only, ...flags } = options;
  if ([add, not, only, flags.none, flags.clear].every((each) => each === undefined)) {
    throw new UsageError(
      "no decision given",
      "Give --add ALBUMS, --not ALBUMS, --only ALBUMS, --none, or --clear to use the matcher again.",
    );
  }
  const { database } = await openMatchedCache(context, { notifies: false });
  const access = createActionAccess(context, database);
  const result = await runWithPrompts(context, { asJson }, (read) =>
    linkRecords(access, {
      ...flags,
      records: splitRecordList(words).map((each) => read(each.join(" "))),
      add: add?.map(read),
      not: not?.map(read),
      only: only?.map(read),
    }),
  );
  const { records, targets, isApplied, explanations } = result;
  if (asJson) {
    if (explanations[0] !== undefined) await writeJson(context, buildExplanationDocument(explanations[0]));
    if (!isApplied) context.note(afterSyncNotice);
    return;
  }
  const names = records.map(({ hit }) => formatArtistAndTitle(hit[0])).join(", ");
  const isClearing = result.kind === "cleared";
  const lines = [
    ...(isClearing ? describeCleared(names, result) : []),
    ...(isApplied ? explanations.map(describeOutcome) : [`Saved for ${names}. ${afterSyncNotice}`]),
    ...(isClearing ? [] : [describeScope(context, targets)]),
    ...(flags.thisCopy === true ? [] : describeOtherPressings(records, targets)),
  ];
  await context.write(joinLines(lines.flatMap((line) => wrapText(line, context.screen))));
}

function describeOutcome({ record, credited }: Explanation): string {
  const name = `#${record.id} ${formatArtistAndTitle(record)}`;
  if (credited.length === 0) return `${name}: no album is credited, 0 plays.`;
  const albums = credited.map(({ id, title, playCount }) => `a${id} ${title} (${playCount})`).join(", ");
  return `${name}: ${pluralize(record.playCount, "play")} of ${pluralize(credited.length, "album")}: ${albums}.`;
}

function describeCleared(
  names: string,
  { decisions, answers }: Readonly<Record<"decisions" | "answers", number>>,
): string[] {
  if (decisions === 0 && answers === 0) return [`Nothing was decided for ${names}.`];
  return [
    ...(decisions === 0
      ? []
      : [`Cleared ${pluralize(decisions, "decision")}: the matcher decides again about ${names}.`]),
    ...(answers === 0
      ? []
      : [`Cleared ${pluralize(answers, "answer")}: rewind review asks about ${names} again.`]),
  ];
}

function describeScope(context: Context, targets: readonly LinkTarget[]): string {
  const undo = `rewind link ${targets.map(({ copy }) => copy.id).join(",")} --clear`;
  if (targets.some(({ instanceId }) => instanceId !== 0)) {
    return `Applies to this copy only. ${describeUndo(context, `${undo} --this-copy`)}`;
  }
  const releases = targets.map(({ copy }) => `r${copy.releaseId}`).join(", ");
  return `Applies to all copies of ${releases}. ${describeUndo(context, undo)}`;
}

function describeOtherPressings(
  records: readonly ResolvedRecord[],
  targets: readonly LinkTarget[],
): string[] {
  const decidedReleases = new Set(targets.map(({ copy }) => copy.releaseId));
  const others = records.flatMap(({ hit }) => hit).filter((copy) => !decidedReleases.has(copy.releaseId));
  if (others.length === 0) return [];
  return [`Other pressings keep their matches: rewind link ${others.map(({ id }) => id).join(",")} …`];
}
