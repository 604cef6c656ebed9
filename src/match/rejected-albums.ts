import { sameTitleUncertainty } from "../model/model.ts";
import type { AlbumEntry, AlbumRow } from "./albums/album-block.ts";
import type { MatchDecision } from "./rules/name-rules.ts";
import { distance } from "./text/edit-distance.ts";
import type { AlbumHistory } from "./albums/album-history.ts";
import {
  toTrackIdentities,
  type TrackEvidence,
  type TrackHistory,
  computeTrackEvidence,
} from "./rules/track-history.ts";
import type { Target } from "./rules/target.ts";
import { isVetoed } from "./titles/near-title.ts";
import { listOpenEntries } from "./rules/track-rules.ts";
import { isAlbumByTracks } from "./rules/single-or-album.ts";
import { describeRule, describeTrackEvidence, type TitleRule } from "./rules/rule-order.ts";
import { splitTitle, type ParsedTitle } from "./titles/title.ts";
import { explainYearDifference } from "./rules/years.ts";
import { fold } from "./text/fold.ts";
import { identityWords } from "./text/vocabulary.ts";

export interface RejectedAlbum {
  readonly album: AlbumRow;
  readonly reason: string;
  /** Worth showing to a person. */
  readonly close: boolean;
  /** How likely this album is the record, from 0 after a veto to 0.5. */
  readonly uncertainty: number;
}

/** Titles that are farther apart are not shown. */
const maxTitleDistance = 0.35;
const maxComparedLength = 200;
/** Fewer tracks in common may be chance. */
const minSharedTracks = 3;

/** Albums that were not credited, closest first, each with the reason: those of the artist, or of the title if nobody is named. */
export function listRejectedAlbums(
  decision: MatchDecision,
  target: Target,
  library: AlbumHistory,
  history: TrackHistory | null,
  range: "close" | "all",
): RejectedAlbum[] {
  if (target.credits.nameless) return listNamelessRejections(decision, target, library);
  const { title: record, years } = target;
  const compareTracks = createTrackComparer(target, history);
  const seenIds = new Set(decision.credited.map(({ entry }) => entry.album.id));
  const albums: { readonly farness: number; readonly rejected: RejectedAlbum }[] = [];
  const reject = ({ album }: AlbumEntry, farness: number, reason: string, uncertainty: number): void => {
    const tracks = compareTracks(album);
    const isShared = tracks !== null && tracks.hitKeys.length >= minSharedTracks;
    const reasons = isShared ? `${describeTrackEvidence(tracks)}; ${reason}` : reason;
    const hasTracks = hasMostTracks(tracks);
    const close = hasTracks || farness < maxTitleDistance;
    albums.push({
      farness: hasTracks ? -1 : farness,
      rejected: {
        album,
        reason: reasons,
        close,
        uncertainty: hasTracks ? sameTitleUncertainty : uncertainty,
      },
    });
  };
  for (const { entry, rule } of decision.rejected) {
    seenIds.add(entry.album.id);
    const reason = isAlbumByTracks(target, entry, history)
      ? `the album: you heard ${history?.(entry.album.id).length} different tracks, more than the single has`
      : explainRejection(decision, entry, rule);
    const tracks = compareTracks(entry.album);
    if (tracks?.isContradiction !== true) reject(entry, -1, reason, sameTitleUncertainty);
    else {
      const refuted = { reason: describeTrackEvidence(tracks), close: false, uncertainty: 0 };
      albums.push({ farness: 0, rejected: { album: entry.album, ...refuted } });
    }
  }
  for (const entry of listOpenEntries(decision, target, library, history)) {
    if (seenIds.has(entry.album.id)) continue;
    reject(entry, 0, "same title, but the record's tracklist is not known", sameTitleUncertainty);
  }
  for (const entry of library.getBlocks(target.credits.own).flatMap((block) => block.entries)) {
    const { album, title } = entry;
    if (seenIds.has(album.id)) continue;
    seenIds.add(album.id);
    const farness = computeTitleDistance(record, title);
    if (farness === maxTitleDistance && range === "close" && !hasMostTracks(compareTracks(album))) continue;
    const year = explainYearDifference(record, title, years);
    const isDecided = year === null ? hasContradiction(record, title) : years.first !== null;
    const uncertainty = isDecided ? 0 : sameTitleUncertainty * (1 - farness / maxTitleDistance);
    reject(entry, farness, year ?? explainDifference(record, title, farness), uncertainty);
  }
  return albums
    .toSorted((a, b) => a.farness - b.farness || compareByPlays(a.rejected, b.rejected))
    .map(({ rejected }) => rejected);
}

/** An album with the record's tracks may be the record under any title: a person should decide. */
function hasMostTracks(tracks: TrackEvidence | null): boolean {
  return tracks !== null && tracks.isMajority && tracks.hitKeys.length >= minSharedTracks;
}

/** Unmatched albums with the title of a record that has no artist, those without an artist first. */
function listNamelessRejections(
  decision: MatchDecision,
  { title }: Target,
  library: AlbumHistory,
): RejectedAlbum[] {
  const creditedIds = new Set(decision.credited.map(({ entry }) => entry.album.id));
  const titled = library.nameless
    .getEntriesByTitleKey(title.key)
    .filter(({ album }) => !creditedIds.has(album.id));
  return [
    ...rejectAsClose(titled, "same title, and neither names an artist", sameTitleUncertainty),
    ...rejectAsClose(library.getEntriesByTitle(title), "same title, and the record names no artist", 0),
  ];
}

function rejectAsClose(entries: readonly AlbumEntry[], reason: string, uncertainty: number): RejectedAlbum[] {
  return entries.map(({ album }) => ({ album, reason, close: true, uncertainty })).toSorted(compareByPlays);
}

function compareByPlays({ album: one }: RejectedAlbum, { album: other }: RejectedAlbum): number {
  return other.playCount - one.playCount || one.id - other.id;
}

/** Compares the tracks heard from an album with the record's; null if one of them is unknown. */
function createTrackComparer(
  { release }: Target,
  history: TrackHistory | null,
): (album: AlbumRow) => TrackEvidence | null {
  const recordTracks = toTrackIdentities(release.tracklist ?? []);
  if (history === null || recordTracks.length === 0) return () => null;
  return ({ id }) => computeTrackEvidence(history(id), recordTracks, { byArtist: false, titles: [] });
}

/** Returns true if a veto sets the titles apart, or tails that contradict. */
function hasContradiction(record: ParsedTitle, album: ParsedTitle): boolean {
  if (record.key !== album.key) return isVetoed(record, album);
  return (
    record.format !== album.format ||
    (record.disc !== "" && album.disc !== "" && record.disc !== album.disc) ||
    (record.catalogue !== "" && album.catalogue !== "" && record.catalogue !== album.catalogue)
  );
}

function explainRejection(decision: MatchDecision, { title }: AlbumEntry, rule: TitleRule): string {
  if (decision.rule !== "tie") return `less certain: ${describeRule(rule)}`;
  const rivals = decision.rejected.filter(({ entry }) => entry.title.key !== title.key);
  const [rival] = rivals.toSorted((a, b) => b.entry.album.playCount - a.entry.album.playCount);
  return rival ? `fits as well as a${rival.entry.album.id} ${rival.entry.album.title}` : describeRule(rule);
}

/** 0 for the same title, `far` for one that is not shown. */
function computeTitleDistance(record: ParsedTitle, album: ParsedTitle): number {
  if (record.key === album.key) return 0;
  if (album.stem.startsWith(`${record.stem} `) || record.stem.startsWith(`${album.stem} `)) return 0.2;
  const longest = Math.max(record.key.length, album.key.length);
  const isFar = Math.abs(record.key.length - album.key.length) >= maxTitleDistance * longest;
  return isFar || longest > maxComparedLength
    ? maxTitleDistance
    : Math.min(maxTitleDistance, distance(record.key, album.key) / longest);
}

/** Explains why an album's title is not the record's. */
function explainDifference(record: ParsedTitle, album: ParsedTitle, farness: number): string {
  if (record.key === album.key) {
    const isOtherFormat = album.format !== "" && album.format !== record.format;
    return isOtherFormat ? `the ${album.format} of this title` : "another release of this title";
  }
  const [recordWords, albumWords] = [splitTitle(record), splitTitle(album)];
  const extra = albumWords.filter((word) => !recordWords.includes(word));
  const missing = recordWords.filter((word) => !albumWords.includes(word));
  // The same words, except for numbers and words of recordings.
  if (stripMarkerWords(recordWords) === stripMarkerWords(albumWords)) {
    const marked = [...extra, ...missing].find((word) => identityWords.has(word));
    if (marked !== undefined)
      return `only the ${extra.includes(marked) ? "album" : "record"} says “${marked}”`;
    if (record.numbers !== album.numbers) return "another number";
  }
  if (missing.length === 0 && extra.length > 0) return `more words: ${getExtraWords(album, record)}`;
  if (extra.length === 0 && missing.length > 0) return `fewer words: without ${getExtraWords(record, album)}`;
  return farness < maxTitleDistance ? "a similar title" : "another title";
}

function stripMarkerWords(words: readonly string[]): string {
  return words.filter((word) => !identityWords.has(word) && !/\p{N}/u.test(word)).join(" ");
}

/** The words, as spelled, that only the first title has. */
function getExtraWords(long: ParsedTitle, short: ParsedTitle): string {
  const shortWords = splitTitle(short);
  const words = long.stemText.split(/\s+/).filter((word) => !shortWords.includes(fold(word)));
  return words.join(" ") || long.stemText;
}
