import type { Entry, AlbumRow } from "./library/entry.ts";
import type { MatchDecision } from "./rungs/decide.ts";
import { distance } from "./text/edit-distance.ts";
import type { Library } from "./library/library.ts";
import { identities, type TrackHistory, weigh } from "./rungs/track-history.ts";
import type { Target } from "./rungs/target.ts";
import { isVetoed } from "./titles/near-title.ts";
import { isAlbumByTracks } from "./rungs/single-or-album.ts";
import { ruleInWords, tracksInWords, type TitleRule } from "./rungs/ladder.ts";
import type { ParsedTitle } from "./titles/title.ts";
import { yearDifference } from "./rungs/years.ts";
import { fold } from "./text/fold.ts";
import { identityWords } from "./text/vocabulary.ts";

export interface RejectedAlbum {
  readonly album: AlbumRow;
  readonly reason: string;
  /** Worth showing to a person. */
  readonly close: boolean;
  /** How likely this album is the record, from 0 after a veto to 0.5. */
  readonly doubt: number;
}

/** Titles that are farther apart are not shown. */
const far = 0.35;
/** The doubt about an album of the same title. */
const evenDoubt = 0.5;
const longTitle = 200;
/** Fewer tracks in common may be chance. */
const worthTelling = 3;

/** Albums that were not credited, closest first, each with the reason: those of the artist, or of the title if nobody is named. */
export function rejectedAlbums(
  decision: MatchDecision,
  target: Target,
  library: Library,
  history: TrackHistory | null,
  range: "close" | "all",
): RejectedAlbum[] {
  if (target.credits.nameless) return namelessCandidates(decision, target, library);
  const { title: record, years } = target;
  const onRecord = trackTeller(target, history);
  const seenIds = new Set(decision.credited.map(({ entry }) => entry.album.id));
  const albums: { readonly farness: number; readonly rejected: RejectedAlbum }[] = [];
  const reject = ({ album }: Entry, farness: number, reason: string, doubt: number): void => {
    const tracks = onRecord(album);
    const reasons = tracks === null ? reason : `${tracks}; ${reason}`;
    albums.push({ farness, rejected: { album, reason: reasons, close: farness < far, doubt } });
  };
  for (const { entry, rule } of decision.passedOver) {
    seenIds.add(entry.album.id);
    const reason = isAlbumByTracks(target, entry, history)
      ? `the album: you heard ${history?.(entry.album.id).length} different tracks, more than the single has`
      : passedOver(decision, entry, rule);
    reject(entry, -1, reason, evenDoubt);
  }
  for (const entry of library.blocks(target.credits.own).flatMap((block) => block.entries)) {
    const { album, title } = entry;
    if (seenIds.has(album.id)) continue;
    seenIds.add(album.id);
    const farness = farnessOf(record, title);
    if (farness === far && range === "close") continue;
    const year = yearDifference(record, title, years);
    const isSettled = year === null ? isSetApart(record, title) : years.first !== null;
    const doubt = isSettled ? 0 : evenDoubt * (1 - farness / far);
    reject(entry, farness, year ?? difference(record, title, farness), doubt);
  }
  return albums
    .toSorted((a, b) => a.farness - b.farness || mostPlayedFirst(a.rejected, b.rejected))
    .map(({ rejected }) => rejected);
}

/** For a record without an artist: albums with its title that were not credited, those without an artist first. */
function namelessCandidates(decision: MatchDecision, { title }: Target, library: Library): RejectedAlbum[] {
  const creditedIds = new Set(decision.credited.map(({ entry }) => entry.album.id));
  const titled = library.nameless.titled(title.key).filter(({ album }) => !creditedIds.has(album.id));
  return [
    ...allClose(titled, "same title, and neither names an artist", evenDoubt),
    ...allClose(library.sameTitle(title), "same title, and the record names no artist", 0),
  ];
}

function allClose(entries: readonly Entry[], reason: string, doubt: number): RejectedAlbum[] {
  return entries.map(({ album }) => ({ album, reason, close: true, doubt })).toSorted(mostPlayedFirst);
}

function mostPlayedFirst({ album: one }: RejectedAlbum, { album: other }: RejectedAlbum): number {
  return other.playCount - one.playCount || one.id - other.id;
}

/** Says how many tracks of an album are on the record; null if they are few. */
function trackTeller({ release }: Target, history: TrackHistory | null): (album: AlbumRow) => string | null {
  const recordTracks = identities(release.tracklist ?? []);
  if (history === null || recordTracks.length === 0) return () => null;
  return ({ id }) => {
    const evidence = weigh(history(id), recordTracks, { byArtist: false, titles: [] });
    return evidence.hitKeys.length >= worthTelling ? tracksInWords(evidence) : null;
  };
}

/** Returns true if a veto sets the titles apart, or tails that contradict. */
function isSetApart(record: ParsedTitle, album: ParsedTitle): boolean {
  if (record.key !== album.key) return isVetoed(record, album);
  return (
    record.format !== album.format ||
    (record.disc !== "" && album.disc !== "" && record.disc !== album.disc) ||
    (record.catalogue !== "" && album.catalogue !== "" && record.catalogue !== album.catalogue)
  );
}

function passedOver(decision: MatchDecision, { title }: Entry, rule: TitleRule): string {
  if (decision.rule !== "tie") return `less certain: ${ruleInWords(rule)}`;
  const rivals = decision.passedOver.filter(({ entry }) => entry.title.key !== title.key);
  const [rival] = rivals.toSorted((a, b) => b.entry.album.playCount - a.entry.album.playCount);
  return rival ? `fits as well as a${rival.entry.album.id} ${rival.entry.album.title}` : ruleInWords(rule);
}

/** 0 for the same title, `far` for one that is not shown. */
function farnessOf(record: ParsedTitle, album: ParsedTitle): number {
  if (record.key === album.key) return 0;
  if (album.stem.startsWith(`${record.stem} `) || record.stem.startsWith(`${album.stem} `)) return 0.2;
  const longest = Math.max(record.key.length, album.key.length);
  const isFar = Math.abs(record.key.length - album.key.length) >= far * longest;
  return isFar || longest > longTitle ? far : Math.min(far, distance(record.key, album.key) / longest);
}

/** Explains why an album's title is not the record's. */
function difference(record: ParsedTitle, album: ParsedTitle, farness: number): string {
  if (record.key === album.key) {
    const isOtherFormat = album.format !== "" && album.format !== record.format;
    return isOtherFormat ? `the ${album.format} of this title` : "another release of this title";
  }
  const extra = album.words.filter((word) => !record.words.includes(word));
  const missing = record.words.filter((word) => !album.words.includes(word));
  // The same words, except for numbers and words of recordings.
  if (unmarked(record.words) === unmarked(album.words)) {
    const marked = [...extra, ...missing].find((word) => identityWords.has(word));
    if (marked !== undefined)
      return `only the ${extra.includes(marked) ? "album" : "record"} says “${marked}”`;
    if (record.numbers !== album.numbers) return "another number";
  }
  if (missing.length === 0 && extra.length > 0) return `more words: ${wordsBeyond(album, record)}`;
  if (extra.length === 0 && missing.length > 0) return `fewer words: without ${wordsBeyond(record, album)}`;
  return farness < far ? "a similar title" : "another title";
}

function unmarked(words: readonly string[]): string {
  return words.filter((word) => !identityWords.has(word) && !/\p{N}/u.test(word)).join(" ");
}

/** The words, as spelled, that only the first title has. */
function wordsBeyond(long: ParsedTitle, short: ParsedTitle): string {
  const words = long.stemText.split(/\s+/).filter((word) => !short.words.includes(fold(word)));
  return words.join(" ") || long.stemText;
}
