// Stops, resumes and removes a listening source. A stopped service is asked no more, and its plays stay.
import type { SourceName } from "../../model/listening-sources.ts";
import type { Service } from "../../model/model.ts";
import { querySources, type SourceStats } from "../../queries/shelf/sources.ts";
import { listenbrainzService, listeningServices } from "../../sources/all-services.ts";
import {
  deleteRefusal,
  deleteStopped,
  readAccounts,
  readStoppedUts,
  saveStopped,
} from "../../store/file/cache-facts.ts";
import { type Database, transact } from "../../store/file/database.ts";
import { lockSync } from "../../store/file/file-lock.ts";
import { deleteListeningService } from "../../store/plays/listening-service.ts";
import { deleteSource } from "../../store/plays/source-plays.ts";
import { mergeChangedPlays, refreshPlays } from "../../sync/merging/merge-sources.ts";

export interface SourceAccess {
  readonly database: Database;
  /** Returns true if the settings name an account of the service, whether or not a sync reached it. */
  readonly isSet: (service: Service) => boolean;
  readonly nowUts: number;
}

/** The plays of a source in the cache. */
interface CachedPlays {
  readonly source: Service;
  readonly plays: number;
  /** The last dated play; null: none has a date. */
  readonly untilUts: number | null;
}

interface NotFound {
  readonly kind: "not found";
  /** Names that would be right. */
  readonly names: readonly string[];
}

/** A sync asks services only; a file is read once, and clients send their plays by themselves. */
interface NotAService {
  readonly kind: "not a service";
  readonly source: Service;
  readonly sourceKind: SourceName["kind"];
}

/** There is no account, neither in the settings nor in the cache. */
interface NotConnected {
  readonly kind: "not connected";
  readonly source: Service;
}

export type StopOutcome =
  | NotFound
  | NotAService
  | NotConnected
  | (CachedPlays & { readonly kind: "stopped" | "already stopped" });

export type ResumeOutcome =
  | NotFound
  | NotAService
  | NotConnected
  | (CachedPlays & { readonly kind: "resumed" | "not stopped" });

export type RemoveOutcome = NotFound | (RemovablePlays & { readonly kind: "removed" });

export interface RemovablePlays extends CachedPlays {
  readonly sourceKind: SourceName["kind"];
  readonly isStopped: boolean;
  /** Plays that no other source has. */
  readonly onlyHere: number;
}

const services: readonly Service[] = [...listeningServices, listenbrainzService];

/** A stopped service is asked no more, by any sync. It may have plays or not. */
export function stopSource({ database, nowUts, isSet }: SourceAccess, name: string): StopOutcome {
  return withService({ database, isSet }, name, (cached) => {
    if (readStoppedUts(database, cached.source.id) !== null) return { kind: "already stopped", ...cached };
    stopService(database, cached.source.id, nowUts);
    return { kind: "stopped", ...cached };
  });
}

/** The same for the id of a service that is known to be connected. */
export function stopService(database: Database, id: string, nowUts: number): void {
  transact(database, () => {
    saveStopped(database, id, nowUts);
    deleteRefusal(database, id);
  });
}

/** The next sync asks the service again, and goes on where its history ends. */
export function resumeSource({ database, isSet }: Omit<SourceAccess, "nowUts">, name: string): ResumeOutcome {
  return withService({ database, isSet }, name, (cached) => {
    if (readStoppedUts(database, cached.source.id) === null) return { kind: "not stopped", ...cached };
    transact(database, () => deleteStopped(database, cached.source.id));
    return { kind: "resumed", ...cached };
  });
}

/** The plays that removeSource would remove; null: there is no such source. */
export function findRemovable(database: Database, name: string): RemovablePlays | null {
  const { sources } = querySources(database);
  const figures = sources.find((source) => matchesName({ id: source.name, name: source.title }, name));
  if (figures === undefined) return null;
  return {
    ...toCachedPlays({ id: figures.name, name: figures.title }, figures),
    sourceKind: figures.kind,
    isStopped: figures.stoppedUts !== null,
    onlyHere: figures.plays - figures.shared,
  };
}

/** Removes a source with all its plays. A stopped service stays stopped. Throws while a sync runs. */
export function removeSource({ database }: Pick<SourceAccess, "database">, name: string): RemoveOutcome {
  const removable = findRemovable(database, name);
  if (removable === null) return buildNotFound(database);
  const { id } = removable.source;
  const lock = lockSync(database.name);
  try {
    transact(database, () => {
      if (listeningServices.some((service) => service.id === id)) deleteListeningService(database, id);
      else deleteSource(database, id);
      deleteRefusal(database, id);
      mergeChangedPlays(database);
      refreshPlays(database);
    });
  } finally {
    lock.release();
  }
  return { kind: "removed", ...removable };
}

function withService<Outcome>(
  { database, isSet }: Omit<SourceAccess, "nowUts">,
  name: string,
  act: (cached: CachedPlays) => Outcome,
): Outcome | NotFound | NotAService | NotConnected {
  const { sources } = querySources(database);
  const accounts = readAccounts(database);
  const isConnected = (each: Service): boolean =>
    accounts[each.id] !== undefined ||
    readStoppedUts(database, each.id) !== null ||
    sources.some((source) => source.name === each.id) ||
    isSet(each);
  const service = services.find((each) => matchesName(each, name));
  if (service !== undefined) {
    if (!isConnected(service)) return { kind: "not connected", source: service };
    return act(
      toCachedPlays(
        { id: service.id, name: service.name },
        sources.find((source) => source.name === service.id),
      ),
    );
  }
  const other = sources.find((source) => matchesName({ id: source.name, name: source.title }, name));
  if (other === undefined)
    return { kind: "not found", names: services.filter(isConnected).map(({ id }) => id) };
  const source = { id: other.name, name: other.title };
  return { kind: "not a service", source, sourceKind: other.kind };
}

function buildNotFound(database: Database): NotFound {
  return { kind: "not found", names: querySources(database).sources.map((source) => source.name) };
}

function toCachedPlays(source: Service, figures: SourceStats | undefined): CachedPlays {
  return { source, plays: figures?.plays ?? 0, untilUts: figures?.lastUts ?? null };
}

function matchesName({ id, name }: Service, text: string): boolean {
  return [id, name.toLowerCase()].includes(text.trim().toLowerCase());
}
