import { foldArtist } from "../text/artist-name.ts";
import { blockIndex, sharedWords, type AlbumBlock } from "../albums/album-block.ts";
import type { Entry } from "../albums/entry.ts";
import { changesIdentity } from "./alternatives.ts";
import { sameOrder } from "./bag.ts";
import { compareTails, compareTitles, type Wanted } from "./compare.ts";
import { compact, fold } from "../text/fold.ts";
import { looser, type TitleRule } from "./ladder.ts";
import { digitsOfPiece } from "../text/numbers.ts";
import type { ParsedTitle } from "../text/title.ts";
import type { OwnNames } from "../text/own-names.ts";
import { slipBetween } from "./typo.ts";

export interface Candidate {
  readonly entry: Entry;
  readonly rule: TitleRule;
}

/** Albums of one artist whose titles are equal but for what a title may vary in. */
export function equalTitles(wanted: Wanted, block: AlbumBlock): Candidate[] {
  const found: Candidate[] = [];
  const index = blockIndex(block);
  const named = wanted.selfTitled ? index.entries : [];
  const ambiguous = wanted.selfTitled && hasNamesakes(wanted.title, named);
  for (const entry of index.sameTitle(wanted.title, wanted.word)) {
    const rule = compareTitles(wanted, entry.title);
    if (rule !== null && !(ambiguous && rule !== "title")) found.push({ entry, rule });
  }
  for (const entry of ambiguous ? [] : named) {
    if (entry.title.key === wanted.title.key || !isSelfTitled(entry.title, wanted.own)) continue;
    // Of several artists each has an album of his own name.
    if (wanted.shared && foldArtist(entry.title.stem) !== foldArtist(wanted.title.stem)) continue;
    const tails = compareTails(wanted, entry.title);
    if (tails !== null) found.push({ entry, rule: looser(tails, "self-titled") });
  }
  return found;
}

/** "Name", "Name I", "Name Album", "Name Name", "Self-Titled": an album called after its artist. */
export function isSelfTitled(title: ParsedTitle, own: OwnNames): boolean {
  const { stem } = title;
  if (own.is(stem) || /^(?:self titled|s t|selftitled)$/.test(stem)) return true;
  const first = /^(.+) (?:i|1|album)$/.exec(stem);
  if (first && own.is(first[1] ?? "")) return true;
  const half = stem.length > 8 && stem.length % 2 === 1 ? stem.slice(0, (stem.length - 1) / 2) : "";
  return half !== "" && stem === `${half} ${half}` && own.is(half);
}

/** Several albums of a band's own name, told apart by a bracket: an edition of the bare name could be of any. */
export function hasNamesakes(title: ParsedTitle, entries: readonly Entry[]): boolean {
  const named = new Set<string>();
  for (const entry of entries) {
    if (entry.title.stem.startsWith(`${title.stem} `) && /[([]/.test(entry.title.stemText))
      named.add(entry.title.key);
  }
  return named.size > 1;
}

/** Albums of one artist whose titles are near, by rungs that need more evidence. */
export function nearTitles(wanted: Wanted, block: AlbumBlock): Candidate[] {
  const all = blockIndex(block);
  const index = all.likely(wanted.clues);
  const { title, alternatives, bag } = wanted;
  const found: Candidate[] = [];
  const add = (entry: Entry, rule: TitleRule): void => {
    // Equal titles have been judged already; a film's subtitle tells it from its sequels.
    if (entry.title.key === title.key) return;
    if (rule === "catalogue-number" && (title.catalogue !== "" || entry.title.catalogue !== "")) return;
    if (
      (rule === "subtitle" || rule === "note") &&
      (title.soundtrack !== "" || entry.title.soundtrack !== "")
    )
      return;
    const tails = compareTails(wanted, entry.title);
    if (tails !== null) found.push({ entry, rule: looser(tails, rule) });
  };
  const halves = alternatives.filter((alternative) => alternative.rule === "half");
  // A single of two sides is no album of one side's name.
  const half = wanted.kind === "album" || halves.every(({ key }) => index.sameKey(key).length > 0);
  for (const alternative of alternatives) {
    if (alternative.rule === "half" && !half) continue;
    for (const entry of index.sameKey(alternative.key)) {
      if (alternative.rule === "anniversary" && isOfSeries(title, entry.title, all.entries)) continue;
      add(entry, alternative.rule);
    }
  }
  for (const { entry, alternative } of index.sameAlternative(title.key)) {
    if (alternative.rule === "half" && wanted.kind === "album") continue;
    if (alternative.rule === "anniversary" && isOfSeries(entry.title, title, all.entries)) continue;
    if (alternative.rule === "best-of" && !wanted.compilation) continue;
    add(entry, alternative.rule);
  }
  for (const entry of bag === "" ? [] : index.sameBag(bag)) {
    add(entry, sameOrder(title, entry.title) ? "small-words" : "reordered");
  }
  for (const entry of wanted.selfTitled ? [] : index.sameEnds(title)) {
    if (isCutOff(entry.title, title)) add(entry, "cut-off");
    else if (continues(title, entry.title) && !isOwnName(entry)) add(entry, "longer-title");
  }
  for (const entry of index.sameShape(title.key)) {
    const rule = slipBetween(title, entry.title);
    if (rule !== null) add(entry, rule);
  }
  return found;
}

/** Whether titles of this name are counted: "Total 20" is no anniversary of "Total" beside a "Total 19". */
function isOfSeries(numbered: ParsedTitle, plain: ParsedTitle, entries: readonly Entry[]): boolean {
  return entries.some(
    ({ title }) =>
      title.key !== numbered.key &&
      title.counted.startsWith(`${plain.counted} `) &&
      /^\d+$/.test(title.counted.slice(plain.counted.length + 1)),
  );
}

function isOwnName(entry: Entry): boolean {
  return foldArtist(entry.title.stem) === foldArtist(entry.album.artist);
}

const tagLength = 30;

/** Old tags hold thirty letters: what is cut there is the title, if nothing of identity is cut off with it. */
function isCutOff(album: ParsedTitle, record: ParsedTitle): boolean {
  if (album.raw.length < tagLength - 1 || album.raw.length > tagLength) return false;
  const [cut, whole] = [compact(album.folded), compact(record.folded)];
  if (cut.length < 20 || cut.length >= whole.length || !whole.startsWith(cut)) return false;
  // A word cut in two shows that it is a cut; a whole last word may end another title.
  const rest = record.folded.slice(prefixLength(record.folded, cut.length));
  if (rest.startsWith(" "))
    return fold(record.raw.slice(0, tagLength)) === album.folded && !changesIdentity(rest);
  // The cut word says nothing by what is left of it; those behind it do.
  const beyond = rest.includes(" ") ? rest.slice(rest.indexOf(" ") + 1) : "";
  return (
    album.raw.length === tagLength &&
    !changesIdentity(beyond) &&
    !/\p{N}/u.test(digitsOfPiece(beyond).join(""))
  );
}

/** How much of a text holds so many letters, spaces not counted. */
function prefixLength(text: string, letters: number): number {
  let at = 0;
  for (let left = letters; left > 0; at++) if (text[at] !== " ") left--;
  return at;
}

/** One title is the other's beginning or end, and what is left over says nothing of another album. */
function continues(one: ParsedTitle, other: ParsedTitle): boolean {
  const [short, long] = one.stem.length <= other.stem.length ? [one, other] : [other, one];
  const leads = long.stem.startsWith(`${short.stem} `);
  if (short.stem === long.stem || !(leads || long.stem.endsWith(` ${short.stem}`))) return false;
  const words = short.stem.split(" ").length;
  const trailsOff = /(?:\.\.|…)\s*$/.test(short.stemText);
  const enough = words >= sharedWords && short.stem.length >= 14;
  if (leads) {
    const rest = long.stem.slice(short.stem.length + 1);
    if (trailsOff && words >= 2 && rest.split(" ").length > 3) return true;
    return (enough || (trailsOff && words >= 2)) && !changesIdentity(rest);
  }
  // In front one word at most: "MTV Unplugged…"; more of them make a title of their own.
  const lead = long.stem.slice(0, -short.stem.length).trim();
  return enough && !lead.includes(" ") && !changesIdentity(lead);
}
