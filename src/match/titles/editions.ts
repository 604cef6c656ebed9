// Whether a piece at the end of a title says which edition of it this is.
import type { TailSetting } from "./soundtracks.ts";
import {
  collectionWords,
  editionFillers,
  editionNouns,
  editionWords,
  identityWords,
  importMarks,
  loneMarks,
  partWords,
  places,
  shops,
} from "../text/vocabulary.ts";

const ordinal =
  /^(?:\d{1,3}(?:st|nd|rd|th|eme|er|o|a)|tenth|fifteenth|twentieth|thirtieth|fortieth|fiftieth|sixtieth|five|ten|fifteen|fifty|sixty|(?:twenty|thirty|forty)(?:fifth)?|fifth)$/;
const year = /^(?:19|20)\d\d$/;
const number = /^\d{1,4}$/;
const roundRoman = /^(?:x{1,3}v?|xl|l)$/;

/** "The Antidote Edition": an edition by its own name. A possessive "version" is a recording made anew. */
export function isNamedEdition(words: readonly string[], piece: string, setting: TailSetting): boolean {
  const noun = words.at(-1) ?? "";
  if (words.length > 6 || words.length < 2) return false;
  if (setting === "bracket" && isLabelSeries(words)) return true;
  if (!/^(?:edition|version|import)$/.test(noun)) return false;
  if (noun === "version" && (/['’]s? version/i.test(piece) || unfinished.test(words[0] ?? ""))) return false;
  return !words.some((word) => identityWords.has(word) || collectionWords.has(word));
}

/** Words that may lead in an edition's words where no bracket sets them off: "Special Edition", "2011 Remaster". */
const leadsIn =
  /^(?:special|limited|ltd|super|ultra|standard|extended|enhanced|digital|digitally|double|complete|definitive|ultimate|newly|original|uk|us|usa|eu|european|japan|japanese|american|australian|canadian|german|french|korean)$/;
const editionNoun =
  /^(?:edition|editions|edicion|edicao|edizione|ausgabe|version|box|boxset|set|reissue|pressing|release)$/;

export function isEdition(words: readonly string[], setting: TailSetting): boolean {
  if (setting === "bracket") {
    if (words.length === 1 && loneMarks.has(words[0] ?? "")) return true;
    if (inclusion.test(words[0] ?? "") || isCarrier(words)) return true;
    if (isResolution(words) || words.join(" ") === "mixed tracks" || isOfShop(words)) return true;
  }
  let strong = 0;
  let noun = 0;
  let place = 0;
  let other = 0;
  let imported = 0;
  for (const [at, word] of words.entries()) {
    if (isEditionWord(word) || (setting === "bracket" && ripped.test(word))) strong++;
    else if (word === "collection" && /^archives?$/.test(words[at - 1] ?? "")) strong++;
    else if (editionNouns.has(word)) noun++;
    else if (places.has(word)) place++;
    else if (/^(?:years?|ans|anos|jahre?|anni)$/.test(word) && number.test(words[at - 1] ?? "")) strong++;
    else if (editionFillers.has(word)) {
      other++;
      if (importMarks.has(word)) imported++;
    } else if (ordinal.test(word) || year.test(word) || number.test(word)) continue;
    else if (roundRoman.test(word) && /^(?:anniversary|ans|years)$/.test(words[at + 1] ?? "")) continue;
    else return false;
  }
  if (setting === "naked") return strong > 0 && beginsAnEdition(words);
  if (
    strong > 0 ||
    (words.length === 2 && year.test(words[0] ?? "") && /^master(?:ed)?$/.test(words[1] ?? ""))
  )
    return setting === "bracket" || !/^legacy$/.test(words.join(" "));
  if (noun > 0 && place + other > 0 && setting === "bracket") return true;
  if (setting === "bracket" && words.length === 1) return place > 0;
  if (setting === "bracket" && place > 0 && place + imported === words.length) return true;
  if (/\bbox(?: )?set$/.test(words.join(" ")) && noun + other + place === words.length) return true;
  return noun > 0 && place > 0;
}

/** "10th Anniversary Remix", "Original Mono & Stereo Mixes": mixed anew with its edition; remixes are somebody's. */
export function isNewMix(words: readonly string[]): boolean {
  return (
    words.some((word) => /^(?:remaster\w*|anniversary|mono|stereo)$/.test(word)) &&
    words.some((word) => mixing.test(word)) &&
    words.every(
      (word) =>
        mixing.test(word) ||
        isEditionWord(word) ||
        editionFillers.has(word) ||
        editionNouns.has(word) ||
        ordinal.test(word) ||
        roundRoman.test(word) ||
        year.test(word),
    )
  );
}

const mixing = /^(?:remixx?|remixed|mix|mixed|mixes)$/;

/** "(incl. 2 bonus tracks)", "(includes the first EP)": the album and more. */
const inclusion = /^(?:incl|includes|including|inkl)$/;

/** "2CD Digipack", "180g", "2xLP": what the copy is made of. */
function isCarrier(words: readonly string[]): boolean {
  return (
    words.every((word) => carrier.test(word) || carrierFillers.test(word)) &&
    words.some((word) => carrier.test(word) && !/^(?:lp|cd|dvd|tape)$/.test(word))
  );
}

const carrier =
  /^(?:(?:[2-9]x?|1x)?(?:lp|cd|dvd|vinyl|cassette|tape|sacd)s?|digi(?:pack|pak|sleeve|book)|\d{2,3}(?:g|gr|gram)|papersleeve|gatefold)$/;
const carrierFillers =
  /^(?:and|plus|double|triple|gram|grams|heavyweight|\d{2,3}|paper|sleeve|slipcase|jewel|case)$/;

/** "320kbps", "24bit", "vinyl rip": how a file was made. */
const ripped = /^(?:\d{2,4}(?:kbps|kbs|bit|khz)|kbps|rips?|vinylrip|cdrip|lossless)$/;

/** "24-96", "16/44.1". */
function isResolution([bits = "", rate = "", ...rest]: readonly string[]): boolean {
  return (
    /^(?:16|24|32)(?:bit|b)?$/.test(bits) &&
    /^(?:44|48|88|96|176|192)(?:khz)?$/.test(rate) &&
    rest.every((word) => /^(?:1|2|4|khz)$/.test(word))
  );
}

/** "iTunes LP", but no session for a shop and no song that is its own. */
function isOfShop(words: readonly string[]): boolean {
  return (
    words.length > 1 &&
    words.some((word) => shops.has(word)) &&
    !words.includes("original") &&
    words.every((word) => editionFillers.has(word) || editionNouns.has(word))
  );
}

/** Misspelled as they often are, and in the languages that share the beginning. */
const editionBeginnings = /^(?:remast|rimast|delux|anniv|aniv|expand|editi|edici|edica|edizi)/;

function isEditionWord(word: string): boolean {
  return editionWords.has(word) || editionBeginnings.test(word);
}

/** Without a bracket only what begins with an edition's word is no part of the title: "World 11th Anniversary" is. */
function beginsAnEdition(words: readonly string[]): boolean {
  const [first = "", second = ""] = words;
  if (words.length === 1) return /^(?:remaster|deluxe|expanded)/.test(first);
  if (isEditionWord(first)) return true;
  if (year.test(first)) return /^(?:remaster|reissue|edition|deluxe|digital)/.test(second);
  if (ordinal.test(first) && isEditionWord(second)) return true;
  if (first === "the" && isEditionWord(second)) return true;
  return leadsIn.test(first) && words.slice(1).some((word) => isEditionWord(word) || editionNoun.test(word));
}

/** What was there before the album, or beside it. */
const unfinished = /^(?:early|first|rough|alternative|unfinished)$/;

/** "Somebody Collection", "Original Label Classics Remasters": a label's series in which the album came out again. */
function isLabelSeries(words: readonly string[]): boolean {
  const [noun = ""] = words.slice(-1);
  const names = words.slice(0, -1).filter((word) => word !== "classics");
  if (!/^(?:collection|remasters)$/.test(noun) || (noun === "collection" && words.length > 3)) return false;
  return (
    !/^(?:the|a|my|his|her|our|your)$/.test(words[0] ?? "") &&
    names.length > 0 &&
    names.every(
      (word) =>
        /^\p{L}+$/u.test(word) &&
        !identityWords.has(word) &&
        !collectionWords.has(word) &&
        !partWords.has(word),
    )
  );
}
