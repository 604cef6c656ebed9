import { fold } from "../text/fold.ts";
import type { TitleRule } from "./ladder.ts";
import { digitsOfPiece, numbersIn } from "../text/numbers.ts";
import type { OwnNames } from "../text/own-names.ts";
import { lastBracket } from "../text/tail-cuts.ts";
import { leadingYear } from "../text/title-year.ts";
import { keyOf, parseTitle, type ParsedTitle } from "../text/title.ts";
import { changesIdentity } from "./identity.ts";
import { notedTitle, withoutJubilee } from "./notes.ts";
import { headStands, isLoneName, splits, subtitleRule } from "./subtitles.ts";
import { bestOfWords, smallWords } from "../text/vocabulary.ts";

/** Another text under which a title may be known. */
export interface Alternative {
  readonly key: string;
  readonly rule: TitleRule;
}

const foreign = /[^\P{L}\p{Script=Latin}]/u;
const setOff = /[:/|([]|\s[-–—]/;
const divided = /[:([{<（【]|\s[-–—•~]\s|[.?!…]\s/;
/** What sets pieces of a title off from one another, or could be a number. */
const pieced = /[^\p{L}\p{M} '’]|X[XVL]*$/u;
/** The same of a title with its tails. */
const wholeTitle = /^[A-WYZa-z '’]*$/;
const longTitle = 300;
/** Whether an album's title may be known by a piece of it, its artist's name aside. */
export function mayHoldPieces(raw: string): boolean {
  return !wholeTitle.test(raw) || mayPresent(raw);
}

function mayPresent(text: string): boolean {
  return text.includes("resents") || text.includes("RESENTS");
}

const none: readonly never[] = [];

/** The halves, heads and subtitles of a title, and the title without the artist's name. */
export function alternativesOf(
  title: ParsedTitle,
  own: OwnNames,
  side: "record" | "album",
): readonly Alternative[] {
  const text = title.stemText;
  if (text.length > longTitle) return none;
  const rests = withoutArtist(title.stem, own);
  // Most titles are words alone: nothing sets a piece of them off.
  const isWhole = wholeTitle.test(text) || !pieced.test(text);
  if (isWhole && rests.length === 0 && !mayPresent(text)) return none;
  return piecesOf(title, own, side, rests, isWhole);
}

function piecesOf(
  title: ParsedTitle,
  own: OwnNames,
  side: "record" | "album",
  rests: readonly string[],
  isWhole: boolean,
): readonly Alternative[] {
  const text = title.stemText;
  const found: Alternative[] = [];
  const add = (piece: string, rule: TitleRule): void => {
    const key = keyOf(piece);
    if (key !== "" && key !== title.key) found.push({ key, rule });
  };
  for (const rest of rests) {
    // "Band: Word" is the album's; in "Band Word" the name may be part of it.
    const tells = rest.includes(" ") || numbersIn(digitsOfPiece(rest).join(" ")) !== "";
    if (tells || setOff.test(text)) add(rest, "artist-in-title");
  }
  const presented = mayPresent(text) ? /^.{3,40}? presents:? (\S.*)$/i.exec(text) : null;
  if (presented) add(presented[1] ?? "", "own-subtitle");
  if (isWhole) return found;
  if (side === "record" && text.includes("="))
    for (const half of languagesOf(text)) found.push({ key: half, rule: "translation" });
  if (text.includes("/")) {
    const halves = text.split(/\s\/\s/);
    if (halves.length === 2)
      for (const half of halves) if (half.trim().length > 2 && !own.is(half)) add(half, "half");
  }
  const dated = leadingYear(text);
  if (dated !== null) add(dated.rest, "dated");
  const jubilee = withoutJubilee(title);
  if (jubilee !== null && !own.is(jubilee)) add(jubilee, "anniversary");
  const named = /best|hits|singles|collection|anthology|essential/i.test(text)
    ? /^(.*\S)(?::\s|\s[-–—•~]\s|[.?!…]\s)(.+)$/.exec(text)
    : null;
  // A collection is often called after a song; a sentence is a name of its own.
  if (named && isBestOf(named[2] ?? "", own) && fold(named[1] ?? "").split(" ").length >= 4)
    add(named[1] ?? "", "best-of");
  const coded = !/^\[?[A-Z]{3}/.test(text)
    ? null
    : /^\[?[A-Z]{3,8}[-\s]?\d{2,5}[A-Z]{0,3}\]?\s*[-–:]?\s+(\S.*)$/.exec(text);
  if (coded) add(coded[1] ?? "", "catalogue-number");
  const other = /[([](?:aka|a\.k\.a\.|also known as) ([^()[\]]+)[)\]]?$/i.exec(text);
  if (other) add(other[1] ?? "", "own-subtitle");
  for (const language of scriptsOf(text)) add(language, "translation");
  const noted = notedTitle(text);
  if (noted !== null && !own.is(noted.head)) add(noted.head, own.is(noted.note) ? "artist-in-title" : "note");
  for (const { head, sub, bracketed } of divided.test(text) ? splits(text) : []) {
    if (own.is(sub)) {
      // "Series: Name" is the name's part of it; of one short word it may be anything.
      if (!own.is(head) && /\S\W+\S|.{7}/.test(head)) add(head, "artist-in-title");
      continue;
    }
    const headIsOwn = own.is(head) || (!bracketed && own.isLastName(head));
    if (headIsOwn && !bracketed) add(sub, "artist-in-title");
    const stands = !headIsOwn && headStands(head, sub, bracketed && text.endsWith("]"));
    // What comes from somewhere is a song of it: "Song (From …)".
    if (stands && !changesIdentity(sub) && !/^from /i.test(sub) && (bracketed || !isLoneName(head, sub)))
      add(head, "subtitle");
    const rule = subtitleRule(head, sub, headIsOwn, bracketed);
    if (rule !== null) add(sub, rule);
  }
  return found;
}

/** "The Best Of Name", "Greatest Hits", "The Singles 1992-1998": what a collection says of itself. */
function isBestOf(sub: string, own: OwnNames): boolean {
  const words = fold(sub)
    .split(" ")
    .filter((word) => !smallWords.has(word) && !own.hasWord(word) && !/^\d+$/.test(word));
  return words.length > 0 && words.every((word) => bestOfWords.has(word));
}

function languagesOf(text: string): string[] {
  const halves = text.split(/\s=\s/);
  if (halves.length < 2) return [];
  const twoLanguages =
    halves.some((half) => foreign.test(half)) || halves.every((half) => half.includes(" "));
  return twoLanguages ? halves.map((half) => parseTitle(half).key) : [];
}

/** A title in two scripts: "東京 (Tokyo)". */
function scriptsOf(text: string): string[] {
  const bracket = lastBracket(text);
  if (!bracket || bracket.at === 0) return [];
  const both = [text.slice(0, bracket.at), bracket.inner];
  const [one, other] = both.map((half) =>
    foreign.test(half) ? (/\p{Script=Latin}/u.test(half) ? "mixed" : "foreign") : "latin",
  );
  const two = one !== other && one !== "mixed" && other !== "mixed";
  return two && both.every((half) => fold(half).length >= 2 && /\p{L}/u.test(half) && !changesIdentity(half))
    ? both
    : [];
}

function withoutArtist(stem: string, own: OwnNames): readonly string[] {
  if (!own.mayLead(stem) && !stem.includes(" of ") && !stem.includes(" by ")) return none;
  const rests: string[] = [];
  for (const name of own.folded) {
    if (name.length < 2 || stem.length <= name.length + 1) continue;
    if (stem.startsWith(name)) {
      for (const lead of [`${name} `, `${name}s `])
        if (stem.startsWith(lead)) rests.push(stem.slice(lead.length));
    }
    // "The Best Of X" is "The Best Of"; "Introducing X" is another matter.
    if (stem.endsWith(name)) {
      if (stem.endsWith(` of ${name}`)) rests.push(stem.slice(0, -name.length - 1));
      if (stem.endsWith(` by ${name}`)) rests.push(stem.slice(0, -name.length - 4));
    }
  }
  return rests;
}
