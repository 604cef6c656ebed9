import { isAsianEdition, isEdition, isNamedEdition } from "./editions.ts";
import { fold } from "../text/fold.ts";
import { replaceNumberWords } from "../text/numbers.ts";
import { identityWords, isOtherAlbumWord } from "../text/vocabulary.ts";
import { classifySoundtrack, type TailSetting } from "./soundtracks.ts";

/** Facts in the tails of a title, besides that it is an edition. */
export interface Tails {
  readonly disc: string;
  readonly format: string;
  /** "score" or "songs", and words that not every soundtrack has. */
  readonly soundtrack: string;
  readonly catalogue: string;
  /** An edition by its own name, as a new mix, or guests named in the title. */
  readonly extra: "" | "named-edition" | "guests";
}

export const editionTail: Partial<Tails> = {};

const formats = mapFormatNames({
  ep: "ep, e p, the ep, mini album, mini lp, cdep, cd ep",
  single:
    "single, the single, cd single, cds, maxi single, maxi, cdm, digital single, 7, 7 single, 12, 12 single, promo single",
  lp: "lp, the album, album",
});
const bareFormats = mapFormatNames({ ep: "ep, e p, cdep", single: "cds", lp: "lp" });

function mapFormatNames(names: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(names).flatMap(([format, all]) => all.split(", ").map((name) => [name, format] as const)),
  );
}

const discNumber =
  /^(?:bonus )?(?:disc|disk|cd|dvd|disque|record|(?=lp ?\d)lp)s? ?(\d{1,2}|one|two|three|four|five|six|i{1,3}|iv|v|a|b)(?: (?:of|de) \w+)?(?= |$)/;
// A year, an anniversary or "stereo" marks a new mix of the album; without one, these are remixes by others.
const newMix =
  /^(?:the )?(?:(?:19|20)\d\d|\d\dth anniversary) (?:stereo |mono |new )?(?:re)?mix(?:ed|es)?(?: master| version)?$|^(?:re)?mix(?:ed)? (?:in )?(?:19|20)\d\d$|^remixed and remastered$|(?:^| )(?:stereo|mono|surround|atmos|quad|5 1|uk|us|original album) (?:re)?mix(?:es)?$/;
const catalogueNumber = /(?:^|\s|-)[A-Z]{2,12}\d{0,6}[A-Z]{0,6}[-.\s]?\d{1,8}[A-Z]{0,4}\d{0,4}(?=$|[\s./-])/;

const countedPart =
  /^(?:lp|ep|cd|dvd|vol|volume|pt|no|part|act|book|side|disc|disk|chapter|episode|season|session|take|mix|set|day|top|mk|version)[\s.#_-]?\d+$/i;

function buildDiscTail(numeral: string | undefined): Partial<Tails> {
  const [disc = ""] = replaceNumberWords(`disc ${numeral ?? ""}`)
    .split(" ")
    .slice(-1);
  return { disc };
}

const maxPieceLength = 200;

/** Few tails make up most: "Deluxe Edition", "Remastered". */
const knownTails = new Map<string, Partial<Tails> | null>();
const maxKnownTails = 5_000;

/** Classifies a piece at the end of a title. Returns null if it belongs to the title. */
export function classifyTail(piece: string, setting: TailSetting): Partial<Tails> | null {
  const key = `${setting} ${piece}`;
  let tail = knownTails.get(key);
  if (tail !== undefined || piece.length > maxPieceLength) return tail ?? null;
  if (knownTails.size >= maxKnownTails) knownTails.clear();
  knownTails.set(key, (tail = parseTail(piece, setting)));
  return tail;
}

function parseTail(piece: string, setting: TailSetting): Partial<Tails> | null {
  const foldedPiece = fold(piece);
  const words = foldedPiece.split(" ");
  const format = (setting === "bare" ? bareFormats : formats).get(foldedPiece);
  if (format !== undefined && !(setting === "separator" && /^\d/.test(foldedPiece))) return { format };
  const part = discNumber.exec(foldedPiece);
  if (part && (setting !== "bare" || part[0].length === foldedPiece.length)) return buildDiscTail(part[1]);
  if (isEdition(words, setting) || (setting !== "bare" && isAsianEdition(foldedPiece))) return editionTail;
  if (setting !== "bare" && newMix.test(foldedPiece)) return { extra: "named-edition" };
  const soundtrack = classifySoundtrack(foldedPiece.replace("sound track", "soundtrack").split(" "), setting);
  if (soundtrack !== null) return { soundtrack };
  if (setting === "bracket" && (isCatalogueNumber(piece.trim(), words) || isLongNumber(piece.trim())))
    return { catalogue: foldedPiece };
  if (
    setting === "bracket" &&
    /^(?:feat|ft|featuring) /.test(foldedPiece) &&
    !words.some((word) => identityWords.has(word))
  )
    return { extra: "guests" };
  if (setting !== "bare" && (foldedPiece === "and more" || isNamedEdition(words, piece)))
    return { extra: "named-edition" };
  return null;
}

/** A number too long to be a year or a count: "(697_124_027-2)". */
function isLongNumber(piece: string): boolean {
  return (
    /^\d[\d\s._-]*\d$/.test(piece) &&
    piece.replace(/\D/g, "").length >= 5 &&
    !/^(?:19|20)\d\d\s?[-–_/.\s]/.test(piece) &&
    !/[-_/.\s](?:19|20)?\d\d[-_/.\s](?:19|20)?\d\d$|[-_/.\s](?:19|20)\d\d$/.test(piece)
  );
}

/** A label's number: no word begins with a small letter, and one has capitals and digits. */
function isCatalogueNumber(piece: string, words: readonly string[]): boolean {
  if (countedPart.test(piece)) return false;
  const tokens = piece.split(/\s+/).filter((token) => !/^[-–—/#|]$/.test(token));
  return (
    piece.length >= 5 &&
    tokens.length <= 8 &&
    tokens.every((token) => /^[A-Z\d]/.test(token)) &&
    catalogueNumber.test(piece) &&
    !words.some(isOtherAlbumWord)
  );
}
