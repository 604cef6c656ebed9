import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { linesText } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { counted } from "../../output/number-text.ts";
import { wrapText } from "../../output/paragraph.ts";
import { changedDecision, type DecisionChange } from "../../decisions/decision-change.ts";
import { document } from "../../queries/explain/explain-record.ts";
import { decisionOf, explainRecord, type Explanation } from "../../queries/explain/explanation.ts";
import type { Copy, Hit } from "../../queries/find/find-records.ts";
import {
  deleteDecision,
  listDecisions,
  writeDecision,
  type AlbumName,
} from "../../store/decisions/user-decisions.ts";
import type { Database } from "../../store/file/database.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import type { Call } from "../shared/declaration.ts";
import { hitName } from "../shared/choosing/record-by-words.ts";
import { areMatchesCurrent, holdsLater, noteDecision, settleMatches } from "../shared/choosing/settle.ts";
import { sureAlbums, sureRecord, type SureRecord } from "../shared/choosing/sure-choice.ts";

interface LinkOptions {
  readonly add?: readonly string[];
  readonly only?: readonly string[];
  readonly not?: readonly string[];
  readonly none?: true;
  readonly clear?: true;
  readonly thisCopy?: true;
  readonly json?: true;
}

/** The release or copy to decide about, with a copy to show it by. */
interface Target {
  readonly releaseId: number;
  /** 0: all copies of the release. */
  readonly instanceId: number;
  readonly copy: Copy;
}

export async function runLink(context: Context, { arguments: [argument], options }: Call): Promise<void> {
  const words = Array.isArray(argument) ? argument.map(String) : [];
  const flags = options as LinkOptions;
  checkFlags(words, flags);
  const { database } = await openMatchedAnswers(context);
  const asking = { asJson: flags.json === true };
  const findings: SureRecord[] = [];
  for (const each of wordsOfEach(words)) findings.push(await sureRecord(context, database, each, asking));
  const change = await changeOf(context, database, flags);
  const targets = findings.flatMap((finding) => targetsOf(finding, flags.thisCopy === true));
  const only = areMatchesCurrent(database) ? targets.map(({ releaseId }) => releaseId) : undefined;
  const clearedCount = decide(context, database, targets, { flags, change });
  const outcome = clearedCount === 0 ? { changed: 0 } : await settleMatches(database, only);
  const explanations = targets
    .map(({ copy }) => explainRecord(database, copy.id))
    .filter((explanation) => explanation !== undefined);
  if (flags.json === true) {
    const [first] = explanations;
    if (first) await writeJson(context, document(first));
    if (outcome === "later") context.note(holdsLater);
    return;
  }
  const lines = [
    ...(flags.clear === true ? [clearedText(findings, clearedCount)] : []),
    ...(outcome === "later"
      ? [`Saved for ${findings.map(({ hit }) => hitName(hit)).join(", ")}. ${holdsLater}`]
      : explanations.map((each) => outcomeText(each))),
    ...(flags.clear === true ? [] : [scopeText(targets, findings)]),
    ...othersTexts(findings, targets, flags),
  ];
  const text = lines.flatMap((line) => wrapText(line, context.screen));
  await context.write(linesText(text));
}

function checkFlags(words: readonly string[], flags: LinkOptions): void {
  if (words.length === 0) throw new UsageError("no record given", "For example: rewind link 17 --add a12");
  const alone = (["only", "none", "clear"] as const).filter((name) => flags[name] !== undefined);
  const mixing = flags.add !== undefined || flags.not !== undefined;
  if (alone.length > 1 || (alone.length === 1 && mixing)) {
    throw new UsageError(`--${alone[0] ?? "only"} can't be combined with other changes`, "Give it alone.");
  }
  if (alone.length === 0 && !mixing) {
    throw new UsageError(
      "no decision given",
      "Give --add ALBUMS, --not ALBUMS, --only ALBUMS, --none, or --clear to use the matcher again.",
    );
  }
}

/** "931,1204" names two records. Anything else names one, by as many words as given. */
function wordsOfEach(words: readonly string[]): string[][] {
  const [first = ""] = words;
  return words.length === 1 && /^#?\d+(?:,#?\d+)+$/.test(first)
    ? first.split(",").map((number) => [number])
    : [[...words]];
}

function targetsOf({ hit, by }: SureRecord, thisCopy: boolean): Target[] {
  const [copy] = hit;
  if (thisCopy) {
    const candidates = by === "record" ? [copy] : by === "release" ? ofRelease(hit, copy.releaseId) : hit;
    if (candidates.length > 1) {
      throw new UsageError(
        `--this-copy needs one copy: ${candidates.map(({ id }) => `#${id}`).join(", ")}`,
        `Give its number: rewind link ${copy.id} --this-copy …`,
      );
    }
    return [{ releaseId: copy.releaseId, instanceId: copy.instanceId, copy }];
  }
  // A number means one pressing. A master or words mean every pressing of the album.
  const copies = by === "record" || by === "release" ? [copy] : hit;
  const releases = new Map<number, Copy>();
  for (const each of copies) if (!releases.has(each.releaseId)) releases.set(each.releaseId, each);
  return [...releases].map(([releaseId, example]) => ({ releaseId, instanceId: 0, copy: example }));
}

function ofRelease(hit: Hit, releaseId: number): Copy[] {
  return hit.filter((copy) => copy.releaseId === releaseId);
}

/** Returns how many decisions were written or cleared. */
function decide(
  context: Context,
  database: Database,
  targets: readonly Target[],
  { flags, change }: { readonly flags: LinkOptions; readonly change: DecisionChange },
): number {
  if (flags.clear === true) {
    const keys = targets.flatMap((target) => clearedKeys(database, target, flags.thisCopy === true));
    if (keys.length === 0) return 0;
    return noteDecision(database, () => keys.filter((key) => deleteDecision(database, key)).length);
  }
  return noteDecision(database, () => {
    for (const { releaseId, instanceId } of targets) {
      const decision = changedDecision(decisionOf(database, { releaseId, instanceId }), change);
      writeDecision(database, {
        releaseId,
        instanceId,
        decidedUts: Math.floor(context.clock.now() / 1000),
        ...decision,
      });
    }
    return targets.length;
  });
}

/** Clearing a release also clears the decisions about its single copies. */
function clearedKeys(
  database: Database,
  { releaseId, instanceId }: Target,
  thisCopy: boolean,
): { releaseId: number; instanceId: number }[] {
  if (thisCopy) return [{ releaseId, instanceId }];
  return listDecisions(database).filter((decision) => decision.releaseId === releaseId);
}

async function changeOf(
  context: Context,
  database: Database,
  { none, only, add, not, json }: LinkOptions,
): Promise<DecisionChange> {
  const namesOf = async (texts: readonly string[]): Promise<AlbumName[]> => {
    const names: AlbumName[] = [];
    for (const text of texts) {
      const albums = await sureAlbums(context, database, text, { asJson: json === true });
      for (const { artist, title } of albums) names.push({ artist, title });
    }
    return names;
  };
  return {
    none: none === true,
    ...(only === undefined ? {} : { only: await namesOf(only) }),
    ...(add === undefined ? {} : { add: await namesOf(add) }),
    ...(not === undefined ? {} : { not: await namesOf(not) }),
  };
}

function outcomeText({ record, credited, type }: Explanation): string {
  const name = `#${record.id} ${record.artist.trim()} · ${record.title.trim()}`;
  if (credited.length === 0) {
    return `${name}: ${type === "artist_only" ? "only the artist is known" : "no album is credited"}, 0 plays.`;
  }
  const albums = credited.map(({ id, title, playCount }) => `a${id} ${title} (${playCount})`).join(", ");
  return `${name}: ${counted(record.playCount, "play")} of ${counted(credited.length, "album")}: ${albums}.`;
}

function clearedText(findings: readonly SureRecord[], cleared: number): string {
  const names = findings.map(({ hit }) => hitName(hit)).join(", ");
  return cleared === 0
    ? `Nothing was decided for ${names}.`
    : `Cleared ${counted(cleared, "decision")}: ${names} is matched automatically again.`;
}

function scopeText(targets: readonly Target[], findings: readonly { readonly hit: Hit }[]): string {
  const [first] = targets;
  if (first === undefined) return "";
  const undo = `Undo: rewind link ${targets.map(({ copy }) => copy.id).join(",")} --clear`;
  if (first.instanceId !== 0) return `Applies to this copy only. ${undo} --this-copy`;
  const copies = findings.flatMap(({ hit }) => ofRelease(hit, first.releaseId)).length;
  const copiesText =
    targets.length > 1 || copies === 1 ? "" : copies === 2 ? "both copies of " : `all ${copies} copies of `;
  return `Applies to ${copiesText}${targets.map(({ releaseId }) => `r${releaseId}`).join(", ")}. ${undo}`;
}

/** The other pressings of the album, which this decision leaves unchanged. */
function othersTexts(
  findings: readonly SureRecord[],
  targets: readonly Target[],
  flags: LinkOptions,
): string[] {
  if (flags.thisCopy === true) return [];
  const decidedReleases = new Set(targets.map(({ releaseId }) => releaseId));
  const others = findings
    .flatMap(({ hit }) => hit)
    .filter(({ releaseId }) => !decidedReleases.has(releaseId));
  if (others.length === 0) return [];
  const numbers = others.map(({ id }) => id).join(",");
  return [
    `Not decided for ${others.length === 1 ? "another pressing" : "other pressings"} of it: rewind link ${numbers} …`,
  ];
}
