import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { plainName } from "../../model/names.ts";
import { linesText } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { counted } from "../../output/number-text.ts";
import { wrapText } from "../../output/paragraph.ts";
import { holdsLater } from "../../actions/apply-decision.ts";
import { linkRecords, type LinkRequest, type LinkTarget } from "../../actions/link-records.ts";
import type { ResolvedRecord } from "../../actions/resolve-target.ts";
import { document } from "../../queries/explain/explain-record.ts";
import type { Explanation } from "../../queries/explain/explanation.ts";
import { runAsking } from "../shared/choosing/ask-which.ts";
import { splitRecordList } from "../shared/choosing/choice.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { albumsOption, jsonOption, recordArgument } from "../shared/listing/options.ts";
import { createActionAccess } from "../shared/opening/action-access.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";

export const declaration: CommandDeclaration = {
  name: "link",
  details: `Your decision overrides the matcher and survives every sync. It applies to all copies of the release. If you name
the record by a master or by words, it applies to every pressing of the album.
ALBUMS are ids from rewind explain (a12,a340), the address of an album on last.fm, or quoted words that find one album.
Each option can be repeated.`,
  json: async () => [{ schema: (await import("../../queries/documents/match-documents.ts")).explainSchema }],
  arguments: [{ ...recordArgument, help: `${recordArgument.help}; separate several numbers with commas` }],
  options: [
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
  ],
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
};

type LinkOptions = Omit<LinkRequest, "records">;

async function runLink(context: Context, { words, options, asJson }: Call): Promise<void> {
  if (words.length === 0) throw new UsageError("no record given", "For example: rewind link 17 --add a12");
  const { add, not, only, ...flags } = options as LinkOptions;
  if ([add, not, only, flags.none, flags.clear].every((each) => each === undefined)) {
    throw new UsageError(
      "no decision given",
      "Give --add ALBUMS, --not ALBUMS, --only ALBUMS, --none, or --clear to use the matcher again.",
    );
  }
  const { database } = await openMatchedAnswers(context, { notifies: false });
  const access = createActionAccess(context, database);
  const result = await runAsking(context, { asJson }, (read) =>
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
    if (explanations[0] !== undefined) await writeJson(context, document(explanations[0]));
    if (!isApplied) context.note(holdsLater);
    return;
  }
  const names = records.map(({ hit }) => plainName(hit[0])).join(", ");
  const isClearing = result.kind === "cleared";
  const lines = [
    ...(isClearing ? clearedTexts(names, result) : []),
    ...(isApplied ? explanations.map(outcomeText) : [`Saved for ${names}. ${holdsLater}`]),
    ...(isClearing ? [] : [scopeText(targets)]),
    ...(flags.thisCopy === true ? [] : othersTexts(records, targets)),
  ];
  await context.write(linesText(lines.flatMap((line) => wrapText(line, context.screen))));
}

function outcomeText({ record, credited }: Explanation): string {
  const name = `#${record.id} ${plainName(record)}`;
  if (credited.length === 0) return `${name}: no album is credited, 0 plays.`;
  const albums = credited.map(({ id, title, playCount }) => `a${id} ${title} (${playCount})`).join(", ");
  return `${name}: ${counted(record.playCount, "play")} of ${counted(credited.length, "album")}: ${albums}.`;
}

function clearedTexts(
  names: string,
  { decisions, answers }: Readonly<Record<"decisions" | "answers", number>>,
): string[] {
  if (decisions === 0 && answers === 0) return [`Nothing was decided for ${names}.`];
  return [
    ...(decisions === 0
      ? []
      : [`Cleared ${counted(decisions, "decision")}: the matcher decides again about ${names}.`]),
    ...(answers === 0
      ? []
      : [`Cleared ${counted(answers, "answer")}: rewind review asks about ${names} again.`]),
  ];
}

function scopeText(targets: readonly LinkTarget[]): string {
  const undo = `Undo: rewind link ${targets.map(({ copy }) => copy.id).join(",")} --clear`;
  if (targets.some(({ instanceId }) => instanceId !== 0)) {
    return `Applies to this copy only. ${undo} --this-copy`;
  }
  return `Applies to all copies of ${targets.map(({ copy }) => `r${copy.releaseId}`).join(", ")}. ${undo}`;
}

function othersTexts(records: readonly ResolvedRecord[], targets: readonly LinkTarget[]): string[] {
  const decidedReleases = new Set(targets.map(({ copy }) => copy.releaseId));
  const others = records.flatMap(({ hit }) => hit).filter((copy) => !decidedReleases.has(copy.releaseId));
  if (others.length === 0) return [];
  return [`Other pressings keep their matches: rewind link ${others.map(({ id }) => id).join(",")} …`];
}
