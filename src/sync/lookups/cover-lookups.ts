// Fetches covers, each host at its own pace. Every answer is stored at once, so that nothing is fetched twice. No
// failure of a host stops a sync.
import { daySeconds } from "../../model/times.ts";
import { ServiceError } from "../../model/errors.ts";
import { openDecoder, type PictureDecoder } from "../../images/decoder.ts";
import { isPictureKept, openKeeper, type PictureKeeper } from "../../images/kept-pictures.ts";
import { countUnasked } from "./musicbrainz-lookups.ts";
import { BadAnswer, TurnedAway, UnexpectedRefusal } from "../../sources/transport/service-errors.ts";
import { readFact, writeFact } from "../../store/file/cache-facts.ts";
import {
  countAsked,
  countCovers,
  countCoverStates,
  keepPicture,
  refreshCovers,
  wantedPictures,
  type PictureSource,
  type WantedPicture,
} from "../../store/shelf/stored-pictures.ts";
import type { Progress, Run, StepOutcome } from "../walks/step-run.ts";

export interface CoverOptions {
  /** The hosts to ask. */
  readonly sources: readonly PictureSource[];
  /** Where pictures are stored, if their host allows it. */
  readonly directory: string;
  /** True if the user asked with --covers. false: the setting asks in every sync. */
  readonly isRequested: boolean;
}

/** Few tries, since the next sync asks again. */
const attempts = 2;
/** After this many failures in a row, assume the host is down and stop. */
const mostFailures = 3;
/** Each picture takes several requests in a row. The pacer keeps all of them to the host's limit. */
const parallelPictures: Readonly<Record<PictureSource, number>> = { archive: 3, discogs: 1 };
/** How many pictures a host serves to one address in a day; null if unknown. */
const mostADay: Readonly<Record<PictureSource, number | null>> = { archive: null, discogs: 1000 };

export function countWantedCovers(run: Run, options: CoverOptions): number {
  return wanted(run, { ...options, sources: openSources(run, options.sources) }).length;
}

/**
 * Why no cover can be asked for. Returns null for an empty shelf. Also returns null if the setting asks and some covers are
 * known, because the note would come back with every sync.
 */
export function whyNoCovers(run: Run, { sources, isRequested }: CoverOptions): string | null {
  const { database, services } = run;
  const counts = countCoverStates(database, { sources, nowUts: run.nowUts() });
  const { releases, known, unusable, unasked, unaddressed } = counts;
  if (releases === 0 || (known > 0 && !isRequested)) return null;
  const open = openSources(run, sources);
  const closed = sources
    .filter((source) => !open.includes(source))
    .map((source) => services.covers[source].name);
  const parts = [
    known === 0 ? "" : `${number(known)} ${known === 1 ? "is" : "are"} known`,
    unusable === 0 ? "" : `${number(unusable)} ${unusable === 1 ? "has" : "have"} no usable picture`,
    unasked === 0
      ? ""
      : `${number(unasked)} ${unasked === 1 ? "waits" : "wait"} until tomorrow, because ${closed.join(" and ")} ${closed.length === 1 ? "takes" : "take"} no more requests today`,
    unaddressed === 0
      ? ""
      : `${number(unaddressed)} ${unaddressed === 1 ? "has" : "have"} ${whatIsMissing(sources)}`,
  ];
  const canLookUp = unaddressed > 0 && sources.includes("archive") && countUnasked(run) > 0;
  const hint = canLookUp ? " To look for MBIDs: rewind sync --musicbrainz" : "";
  return `0 of ${number(releases)} covers can be asked for: ${parts.filter(Boolean).join(", ")}.${hint}`;
}

function number(count: number): string {
  return count.toLocaleString("en");
}

function whatIsMissing(sources: readonly PictureSource[]): string {
  if (!sources.includes("discogs")) return "no MBID, by which the Cover Art Archive finds covers";
  return sources.includes("archive") ? "neither an MBID nor a picture at Discogs" : "no picture at Discogs";
}

/** Hosts that did not turn us away today. */
function openSources(run: Run, sources: readonly PictureSource[]): PictureSource[] {
  return sources.filter((source) => {
    const turnedAwayUts = Number(readFact(run.database, turnedAwayFact(source)) ?? -Infinity);
    return run.nowUts() - turnedAwayUts >= daySeconds && !isSpent(run, source);
  });
}

function turnedAwayFact(source: PictureSource): string {
  return `covers turned away by ${source}`;
}

/** Returns true if the host's limit for today is reached. */
function isSpent(run: Run, source: PictureSource): boolean {
  const most = mostADay[source];
  return most !== null && countAsked(run.database, source, run.nowUts() - daySeconds) >= most;
}

/** With --full, pictures of the archive whose files are missing are fetched again. */
function wanted(run: Run, { sources, directory }: CoverOptions): WantedPicture[] {
  const { database, full } = run;
  return wantedPictures(database, {
    sources,
    nowUts: run.nowUts(),
    isLost: ({ source, address }) => full && source === "archive" && !isPictureKept(directory, address),
  });
}

/** The shared state of all fetches of a run. */
interface Errand {
  readonly run: Run;
  readonly options: CoverOptions;
  readonly decoder: PictureDecoder;
  readonly keeper: PictureKeeper;
  /** Addresses with any answer: none is asked twice in a run. */
  readonly done: Set<string>;
  /** How many addresses are left, by host. */
  readonly toCome: Map<PictureSource, number>;
  readonly lost: { unread: number; unkept: number };
  /** Why a host is not asked any more in this run. */
  readonly over: Map<PictureSource, ServiceError | "spent">;
  readonly tell: () => void;
}

export async function syncCovers(run: Run, progress: Progress, options: CoverOptions): Promise<StepOutcome> {
  const { database } = run;
  const known = countCovers(database);
  const errand: Errand = {
    run,
    options: { ...options, sources: openSources(run, options.sources) },
    decoder: openDecoder(),
    keeper: openKeeper(options.directory),
    done: new Set(),
    toCome: new Map(),
    lost: { unread: 0, unkept: 0 },
    over: new Map(),
    tell: () => {
      const whole = [...errand.toCome.values()].reduce((sum, count) => sum + count, errand.done.size);
      progress(errand.done.size, whole, errand.done.size, whole);
    },
  };
  try {
    await askAll(errand);
  } finally {
    await errand.decoder.close();
  }
  const rows = countCovers(database);
  const isAway = [...errand.over.values()].some((reason) => reason instanceof ServiceError);
  return {
    changes: { added: Math.max(0, rows - known), updated: 0, removed: 0 },
    rows,
    note: noteOf(errand),
    ...(isAway && rows === known ? { status: "away" as const } : {}),
  };
}

/** One host may have what the other does not. */
async function askAll(errand: Errand): Promise<void> {
  do {
    const ends = await Promise.allSettled(errand.options.sources.map((source) => askHost(errand, source)));
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  } while (left(errand).length > 0);
}

/** Pictures still to fetch, of hosts that still answer. */
function left({ run, options, done, over }: Errand): WantedPicture[] {
  return wanted(run, options).filter(({ source, address }) => !over.has(source) && !done.has(address));
}

async function askHost(errand: Errand, source: PictureSource): Promise<void> {
  for (;;) {
    const queue = left(errand).filter((picture) => picture.source === source);
    errand.toCome.set(source, queue.length);
    if (queue.length === 0) return;
    await askInTurn(errand, source, queue);
  }
}

async function askInTurn(errand: Errand, source: PictureSource, queue: WantedPicture[]): Promise<void> {
  const { run, done, toCome, over, lost, tell } = errand;
  let failuresInRow = 0;
  const thrown: unknown[] = [];

  const askNext = async (picture: WantedPicture): Promise<void> => {
    try {
      await askFor(errand, picture);
      failuresInRow = 0;
    } catch (error) {
      if (run.signal.aborted || !(error instanceof ServiceError)) throw error;
      failuresInRow += 1;
      lost.unread += 1;
      const isOfPicture = error instanceof BadAnswer || error instanceof UnexpectedRefusal;
      if (!isOfPicture || failuresInRow >= mostFailures) giveUp(errand, source, error);
    }
  };
  const work = async (): Promise<void> => {
    while (!over.has(source) && thrown.length === 0) {
      const picture = queue.shift();
      if (picture === undefined) return;
      if (isSpent(run, source)) over.set(source, "spent");
      else {
        await askNext(picture).catch((error: unknown) => thrown.push(error));
        done.add(picture.address);
      }
      toCome.set(source, queue.length);
      tell();
    }
  };
  await Promise.all(Array.from({ length: parallelPictures[source] }, work));
  if (thrown.length > 0) throw thrown[0];
}

function giveUp({ run, over }: Errand, source: PictureSource, error: ServiceError): void {
  over.set(source, error);
  if (!(error instanceof TurnedAway)) return;
  run.write(() => writeFact(run.database, turnedAwayFact(source), String(run.nowUts())));
}

async function askFor({ run, keeper, decoder, lost }: Errand, picture: WantedPicture): Promise<void> {
  const { source, address, releaseIds } = picture;
  const found = await run.services.covers[source].picture(address, { ...run.call, attempts });
  const preview = Buffer.isBuffer(found) ? await decoder.previewOf(found) : null;
  // Discogs does not allow storing its pictures.
  if (source === "archive" && Buffer.isBuffer(found) && preview !== null && !keeper.keep(address, found)) {
    lost.unkept += 1;
  }
  run.write(() => {
    keepPicture(run.database, picture, found === "none" ? "none" : (preview ?? "unreadable"), run.nowUts());
    refreshCovers(run.database, releaseIds);
  });
}

function noteOf({ over, lost, options }: Errand): string | null {
  const notes = [...over.entries()].map(([source, reason]) => {
    if (reason === "spent")
      return `Discogs serves ${mostADay[source]} pictures a day; tomorrow's sync continues.`;
    const again = reason instanceof TurnedAway ? "From tomorrow on a sync" : "The next sync";
    return `${reason.message}. ${again} asks again.`;
  });
  if (notes.length === 0 && lost.unread > 0) {
    notes.push(
      lost.unread === 1
        ? "1 picture could not be read; the next sync asks again."
        : `${lost.unread} pictures could not be read; the next sync asks again.`,
    );
  }
  if (lost.unkept > 0) {
    notes.push(`There is no space for pictures in ${options.directory}: only their colours were stored.`);
  }
  return notes.length === 0 ? null : notes.join(" ");
}
