import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { plainName } from "../../model/names.ts";
import { linesText } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { counted } from "../../output/number-text.ts";
import { wrapText } from "../../output/paragraph.ts";
import { changedDecision, type DecisionChange } from "../../actions/decision-list.ts";
import { document } from "../../queries/explain/explain-record.ts";
import { explainRecord, type Explanation } from "../../queries/explain/explanation.ts";
import type { Copy, Hit } from "../../queries/find/find-records.ts";
import {
  deleteDecision,
  deleteDismissals,
  listDecisions,
  readDecisions,
  writeDecision,
  type AlbumName,
} from "../../store/decisions/user-decisions.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { areMatchesCurrent, holdsLater, noteDecision, settleMatches } from "../shared/choosing/settle.ts";
import { splitRecordList } from "../shared/choosing/choice.ts";
import { pressingsOf, sureAlbums, sureRecord, type SureRecord } from "../shared/choosing/sure-choice.ts";
import { albumsOption, jsonOption, recordArgument } from "../shared/listing/options.ts";

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
    { flags: "--only <albums>", help: "count only the plays of these albums", ...albumsOption },
    { flags: "--none", help: "count no plays: no album is this record" },
    { flags: "--clear", help: "remove your decision, or your answer in a review, and use the matcher again" },
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

interface LinkOptions {
  readonly add?: readonly string[];
  readonly only?: readonly string[];
  readonly not?: readonly string[];
  readonly none?: true;
  readonly clear?: true;
  readonly thisCopy?: true;
}

/** The release or copy to decide about. */
interface Target {
  /** 0: all copies of the release. */
  readonly instanceId: number;
  readonly copy: Copy;
}

async function runLink(context: Context, { words, options, asJson }: Call): Promise<void> {
  const flags = options as LinkOptions;
  checkFlags(words, flags);
  const { database } = await openMatchedAnswers(context);
  const findings: SureRecord[] = [];
  for (const each of splitRecordList(words)) {
    findings.push(await sureRecord(context, database, each, { asJson }));
  }
  const change = await changeOf(context, database, flags, asJson);
  const isCopy = flags.thisCopy === true;
  const targets = findings.flatMap((finding) => targetsOf(finding, isCopy));
  const only = areMatchesCurrent(database) ? targets.map(({ copy }) => copy.releaseId) : undefined;
  const isClearing = flags.clear === true;
  const { decisions, answers } = isClearing
    ? clear(database, targets, isCopy)
    : { decisions: decide(database, targets, change, Math.floor(context.clock.now() / 1000)), answers: 0 };
  const outcome = decisions === 0 ? null : await settleMatches(database, only);
  const explanations = targets.flatMap(({ copy }) => explainRecord(database, copy.id) ?? []);
  if (asJson) {
    if (explanations[0] !== undefined) await writeJson(context, document(explanations[0]));
    if (outcome === "later") context.note(holdsLater);
    return;
  }
  const names = findings.map(({ hit }) => plainName(hit[0])).join(", ");
  const lines = [
    ...(isClearing ? clearedTexts(names, { decisions, answers }) : []),
    ...(outcome === "later" ? [`Saved for ${names}. ${holdsLater}`] : explanations.map(outcomeText)),
    ...(isClearing ? [] : [scopeText(targets)]),
    ...(isCopy ? [] : othersTexts(findings, targets)),
  ];
  await context.write(linesText(lines.flatMap((line) => wrapText(line, context.screen))));
}

function checkFlags(words: readonly string[], flags: LinkOptions): void {
  if (words.length === 0) throw new UsageError("no record given", "For example: rewind link 17 --add a12");
  const alone = (["only", "none", "clear"] as const).filter((name) => flags[name] !== undefined);
  const isMixed = flags.add !== undefined || flags.not !== undefined;
  if (alone.length + Number(isMixed) === 1) return;
  throw new UsageError(
    alone[0] === undefined ? "no decision given" : `--${alone[0]} can't be combined with other changes`,
    "Give --add ALBUMS, --not ALBUMS, --only ALBUMS, --none, or --clear to use the matcher again.",
  );
}

function targetsOf({ hit, by }: SureRecord, isCopy: boolean): Target[] {
  const [copy] = hit;
  if (isCopy) {
    const ofRelease = hit.filter(({ releaseId }) => releaseId === copy.releaseId);
    const candidates = by === "record" ? [copy] : by === "release" ? ofRelease : hit;
    if (candidates.length > 1) {
      throw new UsageError(
        `--this-copy needs one copy: ${candidates.map(({ id }) => `#${id}`).join(", ")}`,
        `Give its number: rewind link ${copy.id} --this-copy …`,
      );
    }
    return [{ instanceId: copy.instanceId, copy }];
  }
  // A number means one pressing. A master or words mean every pressing of the album.
  const copies: Hit = by === "record" || by === "release" ? [copy] : hit;
  return pressingsOf(copies).map(([pressing]) => ({ instanceId: 0, copy: pressing }));
}

/** Returns how many decisions were written. */
function decide(
  database: Database,
  targets: readonly Target[],
  change: DecisionChange,
  decidedUts: number,
): number {
  return noteDecision(database, () => {
    for (const { instanceId, copy } of targets) {
      const { releaseId } = copy;
      const decision = changedDecision(readDecisions(database)(releaseId, instanceId), change);
      writeDecision(database, { releaseId, instanceId, decidedUts, ...decision });
    }
    return targets.length;
  });
}

/** How many decisions, and how many answers of reviews, were removed. */
interface Cleared {
  readonly decisions: number;
  readonly answers: number;
}

/** Clearing a release also clears the decisions about its single copies, and what the user answered about it in reviews. */
function clear(database: Database, targets: readonly Target[], isCopy: boolean): Cleared {
  const decisions = listDecisions(database);
  const keys = targets.flatMap(({ instanceId, copy: { releaseId } }) =>
    isCopy ? [{ releaseId, instanceId }] : decisions.filter((decision) => decision.releaseId === releaseId),
  );
  const releaseIds = isCopy ? [] : targets.map(({ copy }) => copy.releaseId);
  const answers = transact(database, () =>
    releaseIds.reduce((sum, releaseId) => sum + deleteDismissals(database, releaseId), 0),
  );
  if (keys.length === 0) return { decisions: 0, answers };
  return {
    decisions: noteDecision(database, () => keys.filter((key) => deleteDecision(database, key)).length),
    answers,
  };
}

async function changeOf(
  context: Context,
  database: Database,
  { none, only, add = [], not = [] }: LinkOptions,
  asJson: boolean,
): Promise<DecisionChange> {
  const namesOf = async (texts: readonly string[]): Promise<AlbumName[]> => {
    const names: AlbumName[] = [];
    for (const text of texts) {
      for (const name of await sureAlbums(context, database, text, { asJson })) names.push(name);
    }
    return names;
  };
  return {
    none: none === true,
    add: await namesOf(add),
    not: await namesOf(not),
    ...(only === undefined ? {} : { only: await namesOf(only) }),
  };
}

function outcomeText({ record, credited }: Explanation): string {
  const name = `#${record.id} ${plainName(record)}`;
  if (credited.length === 0) return `${name}: no album is credited, 0 plays.`;
  const albums = credited.map(({ id, title, playCount }) => `a${id} ${title} (${playCount})`).join(", ");
  return `${name}: ${counted(record.playCount, "play")} of ${counted(credited.length, "album")}: ${albums}.`;
}

function clearedTexts(names: string, { decisions, answers }: Cleared): string[] {
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

function scopeText(targets: readonly Target[]): string {
  const undo = `Undo: rewind link ${targets.map(({ copy }) => copy.id).join(",")} --clear`;
  if (targets.some(({ instanceId }) => instanceId !== 0)) {
    return `Applies to this copy only. ${undo} --this-copy`;
  }
  return `Applies to all copies of ${targets.map(({ copy }) => `r${copy.releaseId}`).join(", ")}. ${undo}`;
}

function othersTexts(findings: readonly SureRecord[], targets: readonly Target[]): string[] {
  const decidedReleases = new Set(targets.map(({ copy }) => copy.releaseId));
  const others = findings.flatMap(({ hit }) => hit).filter((copy) => !decidedReleases.has(copy.releaseId));
  if (others.length === 0) return [];
  return [`Other pressings keep their matches: rewind link ${others.map(({ id }) => id).join(",")} …`];
}
