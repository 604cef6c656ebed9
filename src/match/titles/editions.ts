// Pieces at the end of a title that name an edition.
import type { TailSetting } from "./soundtracks.ts";
import {
  editionFillers,
  editionNouns,
  editionWords,
  bracketEditionWords,
  placeWords,
  isOtherAlbumWord,
} from "../text/vocabulary.ts";

const ordinal =
  /^(?:\d{1,3}(?:st|nd|rd|th|eme|er|o|a)|tenth|fifteenth|x{1,2}v?|twentieth|thirtieth|fortieth|fiftieth|sixtieth|five|ten|fifteen|fifty|sixty|(?:twenty|thirty|forty)(?:fifth)?|fifth)$/;
const year = /^(?:19|20)\d\d$/;
const number = /^\d{1,4}$/;

/** "The Antidote Edition": an edition with a name of its own. "Name's Version" is a new recording. */
export function isNamedEdition(words: readonly string[], piece: string): boolean {
  const noun = words.at(-1) ?? "";
  if (words.length > 6 || words.length < 2) return false;
  if (!/^(?:edition|version|import|remaster|reissue)$/.test(noun)) return false;
  if (noun === "version" && (/['’]s? version/i.test(piece) || unfinished.test(words[0] ?? ""))) return false;
  return !words.some(isOtherAlbumWord);
}

/** First words of an edition that is not in brackets: "Special Edition", "2011 Remaster". */
const editionStart =
  /^(?:special|limited|tour|ltd|super|ultra|standard|extended|enhanced|digital|digitally|double|complete|definitive|ultimate|newly|original|uk|us|usa|eu|european|japan|japanese|american|australian|canadian|german|french|korean)$/;
const editionNoun =
  /^(?:edition|editions|edicion|edicao|edizione|ausgabe|version|box|boxset|set|reissue|pressing|release)$/;

export function isEdition(words: readonly string[], setting: TailSetting): boolean {
  if (setting === "bracket") {
    if (words.length === 1 && bracketEditionWords.has(words[0] ?? "")) return true;
    if (isMediumWord(words) || wholeEdition.test(words.join(" "))) return true;
  }
  let strong = 0;
  let noun = 0;
  let place = 0;
  let other = 0;
  for (const [at, word] of words.entries()) {
    if (isEditionWord(word)) strong++;
    else if (word === "collection" && /^archives?$/.test(words[at - 1] ?? "")) strong++;
    else if (editionNouns.has(word)) noun++;
    else if (placeWords.has(word)) place++;
    else if (/^(?:years?|ans|anos|jahre?|anni)$/.test(word) && number.test(words[at - 1] ?? "")) strong++;
    else if (editionFillers.has(word) || mediumWord.test(word)) other++;
    else if (ordinal.test(word) || year.test(word) || number.test(word)) continue;
    else return false;
  }
  if (setting === "bare") return strong > 0 && hasEditionStart(words);
  if (
    strong > 0 ||
    (words.length === 2 && year.test(words[0] ?? "") && /^master(?:ed)?$/.test(words[1] ?? ""))
  )
    return setting === "bracket" || !/^legacy$/.test(words.join(" "));
  if (noun > 0 && place + other > 0 && setting === "bracket") return true;
  // "(UK Limited)", "(Shop Exclusive)".
  if (setting === "bracket" && words.some((word) => word === "limited" || word === "exclusive")) return true;
  if (setting === "bracket" && words.length === 1) return place > 0;
  if (/\bbox(?: )?set$/.test(words.join(" ")) && noun + other + place === words.length) return true;
  return noun > 0 && place > 0;
}

/** "(Live EP Bonus Edition)", "(with bonus live tracks)": what is added is another matter. "(Tone Poet Series)", "(… Half Speed Master)". */
const wholeEdition =
  /\bbonus\b.* (?:edition|version|package)$|^(?:\w+ )*(?:with|w) bonus\b.* (?:tracks|songs|material)$|\b(?:tone poet|classic vinyl)(?: series)?$|\bacoustic sounds series$|\bhalf speed master(?:ed|ing)?$|^original (?:master recording|recording remastered)$|^[2-9] (?:lp|cd)s?$/;

/** "2CD Digipack", "180g", "2xLP". */
function isMediumWord(words: readonly string[]): boolean {
  return (
    words.every((word) => mediumWord.test(word) || mediumFillers.test(word)) &&
    words.some((word) => mediumWord.test(word) && !/^(?:lp|cd|dvd|tape)$/.test(word))
  );
}

const mediumWord =
  /^(?:(?:[2-9]x?|1x)?(?:lp|cd|dvd|vinyl|cassette|tape|sacd)s?|(?:digi|eco)(?:pack|pak|pac|sleeve|book)|\d{2,3}(?:g|gr|gram)|grams?|(?:33|45)?rpm|papersleeve|gatefold)$/;
const mediumFillers =
  /^(?:and|plus|double|triple|heavyweight|colou?r|colou?red|\d{2,3}|paper|sleeve|slipcase|jewel|case)$/;

/** Beginnings that cover misspellings and other languages. */
const editionBeginnings = /^(?:remast|rimast|delux|anniv|aniv|expand|editi|edici|edica|edizi)/;

function isEditionWord(word: string): boolean {
  return editionWords.has(word) || editionBeginnings.test(word);
}

/** An edition without a bracket must begin with its own word: "World 11th Anniversary" is a title. */
function hasEditionStart(words: readonly string[]): boolean {
  const [first = "", second = ""] = words;
  if (words.length === 1) return /^(?:remaster|reissue|deluxe|expanded)/.test(first);
  if (isEditionWord(first)) return true;
  if (year.test(first)) return /^(?:remaster|reissue|edition|deluxe|digital)/.test(second);
  if (ordinal.test(first) && isEditionWord(second)) return true;
  if (first === "the" && isEditionWord(second)) return true;
  return (
    editionStart.test(first) && words.slice(1).some((word) => isEditionWord(word) || editionNoun.test(word))
  );
}

/** First words of versions that are not the finished album. */
const unfinished = /^(?:early|first|rough|alternative|unfinished)$/;

// Editions in Chinese, Japanese and Korean, which put no spaces between words. Folded text has simplified characters.

/** Words for other recordings and collections. */
const anotherAlbum =
  /ライ[ブヴ]|コンサート|ベスト|リミックス|カラオケ|インスト|アコースティック|デモ|シングル|トリビュート|现场|演唱会|精选|混音|伴奏|라이브|베스트|리믹스|콘서트/;
/** An edition ends in one of these. Versions of a film or in another language are no editions. */
const asianEdition =
  /^.{0,20}(?<!剧场|电影|海贼|.[语語])(?:[盘版]|仕[样様]|限定|周年|リマスタ(?:ー|ード|リング)|エディション|デラックス|ボーナス(?:トラック|ディスク)?|에디션|디럭스|한정반?|리마스터(?:드|링)?|재발매)(?:付き?)?$/;

export function isAsianEdition(foldedText: string): boolean {
  return asianEdition.test(foldedText) && !containsOtherAlbum(foldedText);
}

/** Returns true if a text contains a word for another recording or a collection. */
export function containsOtherAlbum(foldedText: string): boolean {
  return anotherAlbum.test(foldedText);
}
