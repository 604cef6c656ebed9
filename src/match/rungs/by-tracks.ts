// What the names left open, judged by the tracks: those that were heard, and those that stand on the record.
import type { Entry } from "../albums/entry.ts";
import { hasNamesakes, type Candidate } from "./candidates.ts";
import { creditsOf, type Credits } from "./credits.ts";
import { ownBlocks, type MatchDecision } from "../decide.ts";
import { isLoose } from "./rules.ts";
import { isDoubtful, rungOrder, type TitleRule } from "./ladder.ts";
import { variousKey, type Library } from "../albums/library.ts";
import { identities, type Heard, type TrackIdentity } from "./heard.ts";
import type { AlbumRow, MatchedRelease } from "../matched-release.ts";
import { holdsBoth, leadsUp, toldApart } from "./near-title.ts";
import { releaseKind } from "./release-format.ts";
import { parseTitle, type ParsedTitle } from "../text/title.ts";
import { isDistinctive } from "./telling-words.ts";
import { haveArtistInCommon, weigh, type TrackEvidence } from "./track-evidence.ts";

/** A decision with what the record's tracklist says of the albums in question, by their ids. */
export interface TrackedDecision {
  readonly decision: MatchDecision;
  readonly evidence: ReadonlyMap<number, TrackEvidence>;
  /** Whether the record's tracklist, which isn't known, could settle what the names leave open. */
  readonly isOpen: boolean;
}

interface Credited {
  readonly album: AlbumRow;
  readonly rule: TitleRule;
}

/** Two rows of one artist must share so many tracks, and half of the smaller one's, to be one album by them. */
const leastShared = 3;
/** Where a number stands on one side only. */
const leastSharedDespiteNumber = 4;

const noEvidence: ReadonlyMap<number, TrackEvidence> = new Map();

export function decideByTracks(
  decision: MatchDecision,
  release: MatchedRelease,
  library: Library,
  heard: Heard | null,
): TrackedDecision {
  if (heard === null) return { decision, evidence: noEvidence, isOpen: false };
  const listed = listedTracks(release);
  const weighed = listed === null ? null : weighByList(decision, release, listed, library, heard);
  const settled = weighed?.decision ?? decision;
  const evidence = weighed?.evidence ?? noEvidence;
  const sound = settled.credited.filter(({ album }) => evidence.get(album.id)?.isDoubt !== true);
  const joined = isCompilation(release) ? [] : rowsOfSameTracks(sound, library, heard);
  const credited = [...settled.credited, ...joined];
  const editions = editionsOf(credited, library);
  return {
    decision:
      joined.length + editions.length === 0 ? settled : withCredited(settled, [...credited, ...editions]),
    evidence,
    isOpen: release.tracklist === undefined && isOpenToTracks(decision, release, library, heard),
  };
}

/** Loose credits, ties, and no match with a near row: a tracklist would tell, where enough was heard. */
function isOpenToTracks(
  decision: MatchDecision,
  release: MatchedRelease,
  library: Library,
  heard: Heard,
): boolean {
  if (decision.credited.some(({ rule }) => !isLoose(rule))) return false;
  const enough = (album: AlbumRow): boolean => heard.keys(album.id).size >= leastShared;
  if (decision.credited.length > 0) return decision.credited.some(({ album }) => enough(album));
  if (releaseKind(release) === "single") return false;
  const title = parseTitle(release.title);
  const credits = creditsOf(release, library);
  if (credits.various) {
    return sameTitles(title, library).some((entry) => heard.keys(entry.album.id).size > 0);
  }
  const entries = [
    ...decision.passedOver.map(({ entry }) => entry),
    ...nearRows(title, release, credits, library),
  ];
  return entries.some((entry) => enough(entry.album) && mayBeOne(title, entry, release));
}

function listedTracks(release: MatchedRelease): readonly TrackIdentity[] | null {
  const { tracklist } = release;
  if (tracklist === undefined) return null;
  const listed = identities(tracklist);
  return listed.length === 0 ? null : listed;
}

function isCompilation(release: MatchedRelease): boolean {
  return release.formats.some(({ descriptions }) => descriptions.includes("Compilation"));
}

interface Weighed {
  readonly decision: MatchDecision;
  readonly evidence: ReadonlyMap<number, TrackEvidence>;
}

function weighByList(
  decision: MatchDecision,
  release: MatchedRelease,
  listed: readonly TrackIdentity[],
  library: Library,
  heard: Heard,
): Weighed {
  const title = parseTitle(release.title);
  const credits = creditsOf(release, library);
  const evidence = new Map<number, TrackEvidence>();
  const weighRow = (album: AlbumRow): TrackEvidence => {
    const known = evidence.get(album.id);
    if (known) return known;
    const found = weigh(heard.tracks(album.id), listed, { byArtist: credits.various });
    evidence.set(album.id, found);
    return found;
  };
  for (const { album } of decision.credited) weighRow(album);
  const rows = credits.various
    ? [...sameTitles(title, library), ...nearVarious(title, library)]
    : [...decision.passedOver.map(({ entry }) => entry), ...nearRows(title, release, credits, library)];
  const supported = (entry: Entry): boolean =>
    credits.various
      ? agreesForVarious(title, entry, weighRow(entry.album), listed)
      : weighRow(entry.album).isProof && mayBeOne(title, entry, release);
  const kept = new Map<number, Credited>();
  for (const credit of decision.credited) {
    // A compilation's songs are on other albums too: its own title must do.
    const proven =
      isLoose(credit.rule) && weighRow(credit.album).isProof && (credits.various || !isCompilation(release));
    kept.set(credit.album.id, proven ? { album: credit.album, rule: "tracklist" } : credit);
  }
  for (const entry of rows) {
    if (!kept.has(entry.album.id) && supported(entry))
      kept.set(entry.album.id, { album: entry.album, rule: "tracklist" });
  }
  const solid = [...kept.values()].filter(({ rule }) => !isDoubtful(rule));
  const credited = solid.length > 0 ? solid : [...kept.values()];
  const isSame =
    credited.length === decision.credited.length &&
    credited.every(({ album, rule }) =>
      decision.credited.some((one) => one.album === album && one.rule === rule),
    );
  return { decision: isSame ? decision : withCredited(decision, credited), evidence };
}

/** Rows under the names of the release's artists whose titles are near. */
function nearRows(
  title: ParsedTitle,
  release: MatchedRelease,
  credits: Credits,
  library: Library,
): readonly Entry[] {
  return ownBlocks(release, credits, library).flatMap((block) => block.nearTo(title));
}

function nearVarious(title: ParsedTitle, library: Library): readonly Entry[] {
  const block = library.block(variousKey);
  return block ? block.nearTo(title) : [];
}

/** Rows of a compilation's very title under anybody's name. */
function sameTitles(title: ParsedTitle, library: Library): readonly Entry[] {
  return isDistinctive(title, 2) || title.soundtrack !== "" ? library.titles().sameTitle(title) : [];
}

function mayBeOne(title: ParsedTitle, { title: other }: Entry, release: MatchedRelease): boolean {
  return !isCompilation(release) && toldApart(title, other) === "no" && !holdsBoth(other, title);
}

/**
 * Artist and track must both agree, as far as both are known. Of the same title a single song is enough, but not the
 * one that gave the title: a singer's own album may be named after it as well.
 */
function agreesForVarious(
  title: ParsedTitle,
  { album, title: other }: Entry,
  found: TrackEvidence,
  listed: readonly TrackIdentity[],
): boolean {
  if (title.key !== other.key) return toldApart(title, other) !== "surely" && found.isProof;
  if (found.heard > 0) return found.isMajority && found.hitKeys.some((key) => key !== title.key);
  const [self] = identities([{ title: album.title, artists: [album.artist] }]);
  return (
    self !== undefined && listed.some((track) => track.key !== title.key && haveArtistInCommon(track, self))
  );
}

/** Other rows of the same artists that are one album with a credited one: near in name, and the same was heard. */
function rowsOfSameTracks(credited: readonly Credited[], library: Library, heard: Heard): Credited[] {
  const found = new Map<number, Credited>();
  const known = new Set(credited.map(({ album }) => album.id));
  for (const { album, rule } of credited) {
    const key = library.keyOf(album.artist);
    const block = key === variousKey || isDoubtful(rule) ? undefined : library.block(key);
    if (!block || block.albums.every((other) => known.has(other.id))) continue;
    const { entries } = block;
    const title = parseTitle(album.title);
    // What was heard is looked up last: most albums have no other that is near.
    for (const { album: other, title: name } of block.nearTo(title)) {
      if (known.has(other.id) || found.has(other.id) || areTwo(title, name)) continue;
      const [seed, rival] = [
        { title, tracks: heard.keys(album.id) },
        { title: name, tracks: heard.keys(other.id) },
      ];
      if (!shareTracks(seed, rival)) continue;
      // Several albums of one name: what was heard from the bare one may be from any of them.
      if (hasNamesakes(title, entries) || hasNamesakes(name, entries)) continue;
      found.set(other.id, { album: other, rule: "shared-tracks" });
    }
  }
  return [...found.values()];
}

/** The other rows of a title that the tracks have shown to be the record's. */
function editionsOf(credited: readonly Credited[], library: Library): Credited[] {
  const found = new Map<number, Credited>();
  const known = new Set(credited.map(({ album }) => album.id));
  for (const { album, rule } of credited) {
    const key = library.keyOf(album.artist);
    const block = key === variousKey || !trackRules.has(rule) ? undefined : library.block(key);
    if (!block) continue;
    const title = parseTitle(album.title);
    for (const entry of block.nearTo(title)) {
      if (known.has(entry.album.id) || entry.title.key !== title.key) continue;
      if (toldApart(title, entry.title) === "no") found.set(entry.album.id, { album: entry.album, rule });
    }
  }
  return [...found.values()];
}

const trackRules: ReadonlySet<TitleRule> = new Set(["tracklist", "shared-tracks"]);

function areTwo(one: ParsedTitle, other: ParsedTitle): boolean {
  return toldApart(one, other) === "surely" || holdsBoth(one, other) || holdsBoth(other, one);
}

interface HeardAlbum {
  readonly title: ParsedTitle;
  readonly tracks: ReadonlySet<string>;
}

function shareTracks(one: HeardAlbum, other: HeardAlbum): boolean {
  const [few, many] = [one.tracks.size, other.tracks.size].toSorted((a, b) => a - b) as [number, number];
  if (few < leastShared) return false;
  let shared = 0;
  for (const track of one.tracks) if (other.tracks.has(track)) shared++;
  const isUnlikely = toldApart(one.title, other.title) === "unlikely";
  const due = leadsUp(one.title, other.title) ? many : few;
  return shared >= (isUnlikely ? leastSharedDespiteNumber : leastShared) && shared * 2 >= due;
}

export function withCredited(decision: MatchDecision, credited: readonly Credited[]): MatchDecision {
  const kept = new Set(credited.map(({ album }) => album.id));
  const dropped = decision.credited
    .filter(({ album }) => !kept.has(album.id))
    .map(({ album, rule }): Candidate => ({ entry: { album, title: parseTitle(album.title) }, rule }));
  const rows = credited.toSorted((a, b) => b.album.playCount - a.album.playCount || a.album.id - b.album.id);
  const [best] = rows.toSorted((a, b) => rungOrder(a.rule) - rungOrder(b.rule));
  return {
    rule: best?.rule ?? decision.rule,
    credited: rows,
    artistBlock: null,
    passedOver: [...decision.passedOver.filter(({ entry }) => !kept.has(entry.album.id)), ...dropped],
  };
}
