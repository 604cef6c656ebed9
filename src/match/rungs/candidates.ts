import { foldArtist } from "../text/artist-name.ts";
import type { AlbumBlock } from "../library/album-block.ts";
import type { Entry, LazyEntry } from "../library/entry.ts";
import { changesIdentity } from "../titles/identity.ts";
import { differInSmallWords, sameOrder } from "../titles/telling-words.ts";
import { compareTails, compareTitles, type Wanted } from "./compare.ts";
import { compact, fold } from "../text/fold.ts";
import { looser, type TitleRule } from "./ladder.ts";
import { digitsOfPiece } from "../text/numbers.ts";
import { parseTitle, type ParsedTitle } from "../titles/title.ts";
import { yearBeside } from "../titles/title-year.ts";
import { hasNamesakes, isSelfTitled } from "./self-titled.ts";
import { isLoneName } from "../titles/subtitles.ts";
import { slipBetween } from "./typo.ts";
import { identityWords } from "../text/vocabulary.ts";

export interface Candidate {
  readonly entry: Entry;
  readonly rule: TitleRule;
}

/** Albums of one artist whose titles are equal but for what a title may vary in. */
export function equalTitles(wanted: Wanted, block: AlbumBlock): readonly Candidate[] {
  const titled = block.titled(wanted.title.key);
  if (wanted.selfTitled) return equallyNamed(wanted, titled, block.entries);
  return titled.flatMap((entry) => {
    const rule = compareTitles(wanted, entry.title);
    return rule === null ? [] : [{ entry, rule }];
  });
}

/** Where the record is called after its artist: the albums of its title, and all that are called so too. */
function equallyNamed(wanted: Wanted, titled: readonly Entry[], all: readonly Entry[]): Candidate[] {
  const { title, own } = wanted;
  const ambiguous = hasNamesakes(title, all);
  const found: Candidate[] = [];
  for (const entry of titled) {
    const rule = compareTitles(wanted, entry.title);
    if (rule !== null && !(ambiguous && entry.title.folded !== title.folded)) found.push({ entry, rule });
  }
  // An EP of the artist's name is not the album of that name.
  if (wanted.kind === "ep" && found.some(({ entry }) => entry.title.format === "ep"))
    return found.filter(({ entry }) => entry.title.format === "ep");
  for (const row of datedNamesakes(wanted, all)) found.push(row);
  if (ambiguous) return found;
  for (const entry of all) {
    if (entry.title.key === title.key || !isSelfTitled(entry.title, own)) continue;
    // Of several artists each has an album of his own name.
    if (wanted.shared && foldArtist(entry.title.stem) !== foldArtist(title.stem)) continue;
    const tails = compareTails(wanted, entry.title);
    if (tails !== null) found.push({ entry, rule: looser(tails, "self-titled") });
  }
  return found;
}

/** Albums that are called after the record's artist, as the record is, with a year beside the name: to be told apart by it. */
function* datedNamesakes(wanted: Wanted, entries: readonly Entry[]): Generator<Candidate> {
  for (const entry of entries) {
    const beside = yearBeside(entry.title);
    // "Name - 1999" is an album called after a year.
    if (beside === null || beside.set === "behind") continue;
    const named = parseTitle(beside.rest);
    if (!isSelfTitled(named, wanted.own)) continue;
    // Of several artists each has an album of his own name.
    if (wanted.shared && foldArtist(named.stem) !== foldArtist(wanted.title.stem)) continue;
    const tails = compareTails(wanted, named);
    if (tails !== null) yield { entry, rule: looser(tails, "dated") };
  }
}

/** Albums of one artist whose titles are near, by rungs that need more evidence. */
export function nearTitles(wanted: Wanted, block: AlbumBlock): readonly Candidate[] {
  const { title, alternatives, kind } = wanted;
  // A single of two sides is no album of one side's name; what two records were put together on is.
  const half =
    kind === "album" ||
    wanted.compilation ||
    alternatives.every(({ key, rule }) => rule !== "half" || block.titled(key).length > 0);
  const found: Candidate[] = [];
  for (const entry of block.entries) {
    // Equal titles have been judged already.
    if (entry.title.key === title.key) continue;
    byPiece(wanted, entry, half, block, found);
    byWords(wanted, entry, found);
  }
  return found;
}

function add(found: Candidate[], wanted: Wanted, entry: LazyEntry, rule: TitleRule): void {
  const tails = isAnother(rule, wanted.title, entry.title) ? null : compareTails(wanted, entry.title);
  if (tails !== null) found.push({ entry, rule: looser(tails, rule) });
}

/** What tells two albums apart on some rungs: both have a catalogue number; a film's subtitle is that of a sequel. */
function isAnother(rule: TitleRule, record: ParsedTitle, album: ParsedTitle): boolean {
  if (rule === "catalogue-number") return record.catalogue !== "" || album.catalogue !== "";
  return (rule === "subtitle" || rule === "note") && (record.soundtrack !== "" || album.soundtrack !== "");
}

/** Where a piece of one title is the whole of the other. */
function byPiece(
  wanted: Wanted,
  entry: LazyEntry,
  half: boolean,
  { entries }: AlbumBlock,
  found: Candidate[],
): void {
  const { title } = wanted;
  for (const { key, rule } of wanted.alternatives) {
    if (key !== entry.title.key || (rule === "half" && !half)) continue;
    if (rule === "anniversary" && isOfSeries(title, entry.title, entries)) continue;
    // A record of the longer title that is no collection is another than what a song gave its name.
    if (rule === "best-of" && !wanted.compilation) continue;
    if (rule === "dated" && isAnySpan(wanted, title, entry.title, entries)) continue;
    add(found, wanted, entry, rule);
  }
  for (const { key, rule } of entry.alternatives) {
    if (key !== title.key || (rule === "half" && wanted.kind === "album")) continue;
    if (rule === "anniversary" && isOfSeries(entry.title, title, entries)) continue;
    if (rule === "best-of" && !wanted.compilation) continue;
    if (rule === "dated" && isAnySpan(wanted, entry.title, title, entries)) continue;
    add(found, wanted, entry, rule);
  }
}

/** Where the whole titles have nearly the same words. */
function byWords(wanted: Wanted, entry: LazyEntry, found: Candidate[]): void {
  const { title, bag } = wanted;
  if (bag !== "" && entry.bag === bag && !differInSmallWords(title, entry.title))
    add(found, wanted, entry, sameOrder(title, entry.title) ? "small-words" : "reordered");
  if (!wanted.selfTitled) {
    if (isCutOff(entry.title, title)) add(found, wanted, entry, "cut-off");
    else if (continues(title, entry.title) && !isOwnName(entry)) add(found, wanted, entry, "longer-title");
  }
  const slip = slipBetween(title, entry.title);
  if (slip !== null) add(found, wanted, entry, slip);
}

/** Whether titles of this name are counted: "Total 20" is no anniversary of "Total" beside a "Total 19". */
function isOfSeries(numbered: ParsedTitle, plain: ParsedTitle, entries: readonly Entry[]): boolean {
  return entries.some(
    ({ title }) =>
      title.key !== numbered.key &&
      title.counted.startsWith(`${plain.counted} `) &&
      /^[\d ]+$/.test(title.counted.slice(plain.counted.length + 1)),
  );
}

/** Whether years behind a title may tell it from another: of no collection, or of one of several. */
function isAnySpan(
  { compilation }: Wanted,
  spanned: ParsedTitle,
  plain: ParsedTitle,
  entries: readonly Entry[],
): boolean {
  const isBehind = spanned.counted.startsWith(`${plain.counted} `);
  return isBehind && (!compilation || isOfSeries(spanned, plain, entries));
}

function isOwnName(entry: Entry): boolean {
  return foldArtist(entry.title.stem) === foldArtist(entry.album.artist);
}

const tagLength = 30;
/** Whatever holds so many letters, a word that is cut in two there is cut by the place that it was kept in. */
const longTag = 40;

/** Old tags hold thirty letters: what is cut there is the title, if nothing of identity is cut off with it. */
function isCutOff(album: ParsedTitle, record: ParsedTitle): boolean {
  if (album.folded[0] !== record.folded[0]) return false;
  if (trailsOff(album, record) || trailsOff(record, album)) return true;
  const { length } = album.raw;
  if (length < tagLength - 1 || (length > tagLength && length < longTag)) return false;
  const [cut, whole] = [compact(album.folded), compact(record.folded)];
  if (cut.length < 20 || cut.length >= whole.length || !whole.startsWith(cut)) return false;
  // A word cut in two shows that it is a cut; a whole last word may end another title.
  const rest = record.folded.slice(prefixLength(record.folded, cut.length));
  if (rest.startsWith(" "))
    return (
      length <= tagLength && fold(record.raw.slice(0, tagLength)) === album.folded && !changesIdentity(rest)
    );
  // The cut word says nothing by what is left of it; those behind it do.
  const beyond = rest.includes(" ") ? rest.slice(rest.indexOf(" ") + 1) : "";
  return length >= tagLength && !changesIdentity(beyond) && !/\p{N}/u.test(digitsOfPiece(beyond).join(""));
}

/** "Where The River…": a title says itself that it goes on. */
function trailsOff(short: ParsedTitle, long: ParsedTitle): boolean {
  if (!isWordsOf(short.stem, long.stem) || !endsInDots(short.stemText)) return false;
  const rest = long.stem.slice(short.stem.length + 1).split(" ");
  const ends = [...rest.slice(0, 2), ...rest.slice(-2)];
  const isRecording = rest.includes("live") || ends.some((word) => identityWords.has(word));
  // Three words may be where it was played.
  return short.stem.includes(" ") && rest.length > 3 && !isRecording;
}

/** Whether a text begins with all words of a shorter one. */
function isWordsOf(short: string, long: string): boolean {
  return long.length > short.length && long[short.length] === " " && long.startsWith(short);
}

function endsInDots(text: string): boolean {
  const end = text.trimEnd();
  return end.endsWith("..") || end.endsWith("…");
}

/** How much of a text holds so many letters, spaces not counted. */
function prefixLength(text: string, letters: number): number {
  let at = 0;
  for (let left = letters; left > 0; at++) if (text[at] !== " ") left--;
  return at;
}

/** In front of a title these make another of it: "Beyond The Fields We Know". */
const turning = new Set(
  "not no beyond inside outside after before behind around without another other new next neo anti post beneath under".split(
    " ",
  ),
);

/** How many words two titles must share at the beginning or at the end. */
const sharedWords = 4;

/** One title is the other's beginning or end, and what is left over says nothing of another album. */
function continues(one: ParsedTitle, other: ParsedTitle): boolean {
  const [short, long] = one.stem.length <= other.stem.length ? [one, other] : [other, one];
  const leads = isWordsOf(short.stem, long.stem);
  if (!leads && !(long.stem.endsWith(short.stem) && long.stem.at(-short.stem.length - 1) === " "))
    return false;
  const words = short.stem.split(" ").length;
  const enough = words >= sharedWords && short.stem.length >= 14;
  if (leads) {
    const rest = long.stem.slice(short.stem.length + 1);
    const goesOn = words >= 2 && endsInDots(short.stemText);
    const isAnothers = changesIdentity(rest) || isLoneName(long.stemText, rest);
    return (enough || goesOn) && !isAnothers;
  }
  // In front one word at most: "MTV Unplugged…"; more of them make a title of their own.
  const lead = long.stem.slice(0, -short.stem.length).trim();
  return enough && !lead.includes(" ") && !turning.has(lead) && !changesIdentity(lead);
}
