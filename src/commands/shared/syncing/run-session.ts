// Runs a sync from its first request to its last line. Loaded after the first line is on the screen.
import type { Context } from "../../../context.ts";
import { AccountError, findWorstError } from "../../../model/errors.ts";
import { loadColours } from "../../../output/terminal.ts";
import { formatDuration } from "../../../output/format-dates.ts";
import type { SafeText } from "../../../output/safe-text.ts";
import { joinParts, wrapMessage } from "../../../output/paragraph.ts";
import { renderJson, writeJson } from "../../../output/json.ts";
import { countReviewItems } from "../../../queries/review/review-items.ts";
import { getCoversPath } from "../../../host/paths.ts";
import { type CoverChoice, coverSources } from "../../../settings/all-settings.ts";
import { collectionServices, listenbrainzService } from "../../../sources/all-services.ts";
import { accountServices } from "../../../sources/service-lookup.ts";
import { isSynced, getStep, type SyncedSide } from "../../../model/sync-steps.ts";
import { saveLastSync, readFact, readStoppedUts, saveFact } from "../../../store/file/cache-facts.ts";
import type { Database } from "../../../store/file/database.ts";
import { querySources } from "../../../queries/shelf/sources.ts";
import { describeMergedSources } from "../../../output/describe-sources.ts";
import { toIsoTime } from "../../../model/times.ts";
import type { EventDocument, SummaryDocument } from "../../../queries/documents/sync-documents.ts";
import { type CoverOptions, sync, type SyncEvent, type SyncSummary } from "../../../sync/whole-sync.ts";
import { noPlaysNotice } from "./notice.ts";
import { rematchIfOutdated } from "./rematch-if-outdated.ts";
import { hasNoPlays } from "../../../queries/statistics/readiness.ts";
import { listMissingServices, buildServiceDocuments } from "./missing-services.ts";
import { countPlays, formatNew, formatSoFar } from "./count-rows.ts";
import { renderMatchCounts, openSyncView } from "./view.ts";

export interface SyncFlags {
  readonly full?: true;
  readonly acceptRemovals?: true;
  readonly only?: string;
  readonly history?: boolean;
  readonly musicbrainz?: true;
  readonly masters?: true;
  readonly tracklists?: true;
  readonly covers?: true;
  readonly json?: true;
  readonly events?: true;
}

type SessionResources = Awaited<ReturnType<Context["connect"]>> & { readonly database: Database };

export async function runSession(
  context: Context,
  { services, accounts, database, choices, fingerprints, unconnected }: SessionResources,
  flags: SyncFlags,
  firstLine: SafeText,
): Promise<void> {
  const { full, acceptRemovals, only, history, musicbrainz, masters, tracklists, json, events } = flags;
  const part = only === undefined ? null : toSyncScope(only);
  if (only !== undefined && part !== null && part !== "plays") {
    const isConnected = part === "listening" ? accounts.listening !== null : services[part] !== null;
    if (!isConnected) throw createNotAskedError(database, only);
  }
  if (unconnected !== null) context.note(`rewind: ${unconnected}`);
  await rematchIfOutdated(context, database);
  const signal = context.getInterruptSignal();
  const screen = await openSyncView(context, services, firstLine);
  const startMs = context.clock.now();
  const playsBefore = countPlays(database);
  let summary: SyncSummary;
  try {
    summary = await sync({
      ...choices,
      database,
      services,
      accounts,
      full: full === true,
      acceptsRemovals: acceptRemovals === true,
      only: part,
      history: history !== false,
      musicbrainz: musicbrainz === true || (choices.musicbrainz === true && only === undefined),
      masters: masters === true,
      tracklists: tracklists === true,
      covers: buildCoverOptions(context, choices.covers, flags),
      asksRefused: context.canAsk,
      fingerprints,
      clock: context.clock,
      signal,
      onEvent: (event) => {
        screen.show(event);
        // The reader of the events may be gone; the sync goes on.
        if (events === true) void writeLine(context, buildEventDocument(event)).catch(() => {});
      },
    });
  } finally {
    screen.close();
  }
  if (!signal.aborted) {
    const ms = Math.round(context.clock.now() - startMs);
    saveLastSync(database, { startedUts: summary.startedAt, ms });
  }
  if (json === true) await writeJson(context, buildSummaryDocument(database, summary));
  if (events === true) await writeLine(context, buildSummaryDocument(database, summary));
  await printResult(context, database, summary, playsBefore);
  const isOpen = choices.musicbrainz === null && musicbrainz === undefined && only === undefined;
  if (isOpen && context.options.quiet !== true) offerMusicBrainz(context, database);
}

function buildCoverOptions(
  { env, platform }: Context,
  choice: CoverChoice,
  { covers, only }: SyncFlags,
): CoverOptions | null {
  const isRequested = covers === true;
  if (!isRequested && (choice === "none" || only !== undefined)) return null;
  const sources = coverSources[choice === "none" ? "archive" : choice];
  return { sources, directory: getCoversPath(env, platform), isRequested };
}

/** The last line of rewind sync --events, and the answer of --json. */
function buildSummaryDocument(database: Database, summary: SyncSummary): SummaryDocument {
  return {
    started_at: toIsoTime(summary.startedAt),
    finished_at: toIsoTime(summary.finishedAt),
    complete: summary.complete,
    steps: summary.steps.map((step) => ({ ...step, seconds: Math.round(step.seconds * 1000) / 1000 })),
    notes: [...summary.notices, ...summary.failures.map((failure) => failure.message)],
    services: buildServiceDocuments(database, summary),
  };
}

function writeLine(context: Context, document: EventDocument | SummaryDocument): Promise<void> {
  return context.write(renderJson(document, { indent: false }));
}

/** One line of rewind sync --events. */
function buildEventDocument(event: SyncEvent): EventDocument {
  return {
    event: event.kind,
    step: event.step,
    rows: event.rows,
    rows_expected: event.rowsExpected,
    pages: event.pages,
    pages_expected: event.pagesExpected,
    status: event.result?.status ?? null,
  };
}

/** Prints the last lines. Throws what went wrong. */
async function printResult(
  context: Context,
  database: Database,
  summary: SyncSummary,
  playsBefore: number,
): Promise<void> {
  const { match, notices, failures } = summary;
  const colours = await loadColours(context.errorScreen);
  if (match !== null) {
    // Count them now even if they are not shown, so that the next question doesn't have to.
    const toReview = countReviewItems(database);
    context.noteLines(...renderMatchCounts({ ...match, toReview }, context.errorScreen));
  }
  const mergedText = describeMergedSources(querySources(database));
  if (mergedText !== null) context.note(mergedText);
  const isListeningMissing = summary.services.some(
    ({ side, error }) => side !== "collection" && error !== null,
  );
  const hasPlays = !hasNoPlays(database);
  if (!hasPlays && !isListeningMissing) context.note(noPlaysNotice);
  const noteTexts = notices.map((note) => `Note: ${note}`);
  context.noteLines(...wrapMessage(noteTexts, context.errorScreen).map(colours.yellow));
  const worst = findWorstError(failures);
  const newText = formatNew(database, summary, playsBefore);
  if (worst === undefined) {
    const next =
      match !== null && hasPlays ? " Next: rewind xref --never --kind album --sort artist-plays" : "";
    const seconds = summary.finishedAt - summary.startedAt;
    const took = seconds < 1 ? "less than a second" : formatDuration(seconds);
    // Covers and other extras are no news, but they are not nothing.
    const isSame = summary.steps.every(({ added }) => added === 0);
    const news = newText === "" ? (isSame ? "nothing new" : "") : `${newText} new`;
    context.note(`Done in ${joinParts([took, news], ": ")}.${next}`);
    return;
  }
  if (worst.exitCode === 130 || worst.exitCode === 143) {
    const soFar = formatSoFar(database, summary) || (newText === "" ? "" : `${newText} new`);
    if (soFar !== "") context.note(`So far: ${soFar}.`);
    throw worst;
  }
  if (newText !== "") context.note(`${newText} new.`);
  const missing = listMissingServices(database, summary);
  for (const failure of failures) {
    if (failure === worst) continue;
    const about = missing.find(({ error }) => error === failure);
    context.note(`rewind: ${failure.message}`, about === undefined ? "" : `${about.kept} ${about.remedy}`);
  }
  const about = missing.find(({ error }) => error === worst);
  if (about !== undefined) throw worst.withHint(joinParts([about.kept, about.remedy], "\n"));
  const steps = listMissingSteps(summary).join(", ");
  const again =
    steps === ""
      ? "To continue: rewind sync"
      : `Not up to date: ${steps}. The rest is kept; to try again: rewind sync`;
  throw worst.withHint(joinParts([worst.hint.split("\n")[0] ?? "", again], "\n"));
}

/** --only names a service that is stopped or not connected. */
function createNotAskedError(database: Database, only: string): AccountError {
  const name = accountServices.find(({ id }) => id === only)?.name ?? only;
  return readStoppedUts(database, only) === null
    ? new AccountError(
        `${name} is not connected, so --only ${only} has nothing to sync`,
        `To connect it: rewind login        To sync the others: rewind sync`,
      )
    : new AccountError(
        `${name} is stopped, so --only ${only} has nothing to sync`,
        `To sync it again: rewind sources resume ${only}`,
      );
}

function listMissingSteps({ steps }: SyncSummary): string[] {
  const statuses: readonly string[] = ["failed", "short", "held", "skipped"];
  return (
    steps
      // The other sides are extras, which a plain sync leaves out.
      .filter(({ name, status }) => statuses.includes(status) && isSynced(getStep(name).asks))
      .map(({ name }) => name)
  );
}

/** `only`: the id of a service, or "plays". */
function toSyncScope(only: string): SyncedSide | "plays" {
  if (only === "plays") return only;
  if (only === listenbrainzService.id) return "listens";
  return collectionServices.some(({ id }) => id === only) ? "collection" : "listening";
}

const offeredFact = "musicbrainz offered";

/** Mentions MusicBrainz once, after the first complete sync. */
function offerMusicBrainz(context: Context, database: Database): void {
  if (readFact(database, offeredFact) !== undefined) return;
  saveFact(database, offeredFact, "once");
  context.note(
    "For original years: rewind sync --musicbrainz (it tells MusicBrainz which releases you have)",
  );
}
