// Fetches covers, each host at its own pace. Every answer is stored at once, so that nothing is fetched twice. No
// failure of a host stops a sync.
import { daySeconds } from "../../model/times.ts";
import { ServiceError } from "../../model/errors.ts";
import { openDecoder } from "../../images/decoder.ts";
import { isCoverCached, openImageStore } from "../../images/cached-covers.ts";
import { countPendingLookups } from "./musicbrainz-lookups.ts";
import type { Covers } from "../../sources/services/service-clients.ts";
import { TurnedAway } from "../../sources/transport/service-errors.ts";
import { readFact, saveFact } from "../../store/file/cache-facts.ts";
import {
  countCoverLookups,
  countCovers,
  countReleasesForCovers,
  saveCover,
  readWantedCovers,
  type CoverSource,
  type CoverAddress,
} from "../../store/shelf/stored-covers.ts";
import { lookUpEach } from "./lookup-queue.ts";
import type { AddNote, Progress, StepOutcome, StepRun } from "../paging/step.ts";

/** Few tries, since the next sync asks again. */
const maxAttempts = 2;
/** After this many unreadable pictures in a row, assume the host is down and stop. */
const maxUnread = 3;
/** Each picture takes several requests in a row. The pacer keeps all of them to the host's limit. */
const maxConcurrency: Readonly<Record<CoverSource, number>> = { archive: 3, discogs: 1 };
/** How many pictures Discogs serves to one address in a day. */
const maxDiscogsCovers = 1000;

export interface CoverOptions {
  readonly sources: readonly CoverSource[];
  /** The directory for pictures whose host allows storing them. */
  readonly directory: string;
  /** True if the user asked with --covers. false: the setting asks in every sync. */
  readonly isRequested: boolean;
}

interface CoverRun extends StepRun, CoverOptions {
  readonly service: Covers;
  /** Fetch stored pictures again if their files are missing. */
  readonly full: boolean;
  readonly note: AddNote;
}

/** Adds a note if there is nothing to fetch. */
export function areCoversDue(run: CoverRun): boolean {
  if (readMissingCovers(run, filterOpenSources(run)).length > 0) return true;
  reportNoCovers(run);
  return false;
}

/** Says nothing about an empty shelf, nor if some covers are known and only the setting asks for more. */
function reportNoCovers(run: CoverRun): void {
  const { database, service, sources, isRequested } = run;
  const releases = countReleasesForCovers(database);
  const knownCovers = countCovers(database);
  if (releases === 0 || (knownCovers > 0 && !isRequested)) return;
  const open = filterOpenSources(run);
  const closed = sources.find((source) => !open.includes(source));
  const why =
    closed === undefined
      ? `${knownCovers} are known, and the others have no MusicBrainz id or no usable picture`
      : `${service[closed].name} takes no more requests until tomorrow`;
  const hint =
    sources.includes("archive") && countPendingLookups(run) > 0
      ? " To look for MusicBrainz ids: rewind sync --musicbrainz"
      : "";
  run.note(`No covers to fetch: ${why}.${hint}`);
}

/** Hosts that did not turn us away today. */
function filterOpenSources(run: CoverRun): CoverSource[] {
  return run.sources.filter((source) => {
    const turnedAwayUts = Number(readFact(run.database, getTurnedAwayFact(source)) ?? -Infinity);
    return run.nowUts() - turnedAwayUts >= daySeconds && !isQuotaSpent(run, source);
  });
}

function getTurnedAwayFact(source: CoverSource): string {
  return `covers turned away by ${source}`;
}

function isQuotaSpent(run: StepRun, source: CoverSource): boolean {
  return (
    source === "discogs" &&
    countCoverLookups(run.database, source, run.nowUts() - daySeconds) >= maxDiscogsCovers
  );
}

/** Reads the archive's pictures whose files are missing, which --full fetches again. */
function readMissingCovers(run: CoverRun, sources: readonly CoverSource[]): CoverAddress[] {
  const { database, full, directory } = run;
  return readWantedCovers(
    database,
    sources,
    run.nowUts(),
    ({ source, address }) => full && source === "archive" && !isCoverCached(directory, address),
  );
}

export async function syncCovers(run: CoverRun, progress: Progress): Promise<StepOutcome> {
  const { database } = run;
  const sources = filterOpenSources(run);
  const knownCovers = countCovers(database);
  const decoder = openDecoder();
  const keeper = openImageStore(run.directory);
  /** Addresses with any answer: none is asked twice in a run. */
  const doneAddresses = new Set<string>();
  /** Why a host is not asked any more in this run. */
  const over = new Map<CoverSource, ServiceError | "spent">();
  const lost = { unread: 0, unkept: 0 };

  /** Pictures still to fetch, of hosts that still answer. */
  const listRemainingCovers = (): CoverAddress[] =>
    readMissingCovers(run, sources).filter(
      ({ source, address }) => !over.has(source) && !doneAddresses.has(address),
    );

  async function fetchCover(picture: CoverAddress): Promise<void> {
    const { source, address } = picture;
    const answer = await run.service[source].fetchCover(address, { ...run.call, attempts: maxAttempts });
    const preview = Buffer.isBuffer(answer) ? await decoder.previewOf(answer) : null;
    // Discogs does not allow storing its pictures.
    const isKept = source === "archive" && Buffer.isBuffer(answer) && preview !== null;
    if (isKept && !keeper.keep(address, answer)) lost.unkept += 1;
    run.write(() =>
      saveCover(database, picture, answer === "none" ? "none" : (preview ?? "unreadable"), run.nowUts()),
    );
  }

  async function fetchFromHost(
    queue: readonly CoverAddress[],
    source: CoverSource,
    whole: number,
  ): Promise<void> {
    const { unread, stop, isCut } = await lookUpEach(queue, {
      lanes: maxConcurrency[source],
      maxUnread,
      hasRoom: () => !isQuotaSpent(run, source),
      ask: fetchCover,
      onDone: ({ address }) => {
        doneAddresses.add(address);
        progress(doneAddresses.size, whole);
      },
    });
    lost.unread += unread.length;
    if (isCut) over.set(source, "spent");
    if (stop === null) return;
    const { error } = stop;
    if (run.signal.aborted || !(error instanceof ServiceError)) throw error;
    over.set(source, error);
    if (error instanceof TurnedAway) {
      run.write(() => saveFact(database, getTurnedAwayFact(source), String(run.nowUts())));
    }
  }

  try {
    // One host may have what the other does not.
    for (let queue = listRemainingCovers(); queue.length > 0; queue = listRemainingCovers()) {
      const whole = doneAddresses.size + queue.length;
      const ends = await Promise.allSettled(
        sources.map((source) =>
          fetchFromHost(
            queue.filter((picture) => picture.source === source),
            source,
            whole,
          ),
        ),
      );
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    }
  } finally {
    await decoder.close();
  }
  const reasons = [...over.values()].map(explainStop);
  if (reasons.length === 0 && lost.unread > 0) {
    reasons.push(`Pictures that could not be read: ${lost.unread}. The next sync asks again.`);
  }
  if (lost.unkept > 0) {
    reasons.push(`There is no space for pictures in ${run.directory}: only their colours were stored.`);
  }
  const isAway = [...over.values()].some((reason) => reason instanceof ServiceError);
  return {
    note: reasons.length === 0 ? null : reasons.join(" "),
    ...(isAway && countCovers(database) === knownCovers ? { status: "away" as const } : {}),
  };
}

function explainStop(reason: ServiceError | "spent"): string {
  if (reason === "spent")
    return `Discogs serves ${maxDiscogsCovers} pictures a day; tomorrow's sync continues.`;
  const again = reason instanceof TurnedAway ? "From tomorrow on a sync" : "The next sync";
  return `${reason.message}. ${again} asks again.`;
}
