// Pieces at the end of a title that name an edition.
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

/** "The Antidote Edition": an edition with a name of its own. "Name's Version" is a new recording. */
export function isNamedEdition(words: readonly string[], piece: string, setting: TailSetting): boolean {
  const noun = words.at(-1) ?? "";
  if (words.length > 6 || words.length < 2) return false;
  if (setting === "bracket" && isLabelSeries(words)) return true;
  if (!/^(?:edition|version|import)$/.test(noun)) return false;
  if (noun === "version" && (/['’]s? version/i.test(piece) || unfinished.test(words[0] ?? ""))) return false;
  return !words.some((word) => identityWords.has(word) || collectionWords.has(word));
}

/** First words of an edition that is not in brackets: "Special Edition", "2011 Remaster". */
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

/** "10th Anniversary Remix", "Original Mono & Stereo Mixes": a new mix of the album, not remixes by others. */
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

/** "(incl. 2 bonus tracks)", "(includes the first EP)". */
const inclusion = /^(?:incl|includes|including|inkl)$/;

/** "2CD Digipack", "180g", "2xLP". */
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

/** "320kbps", "24bit", "vinyl rip". */
const ripped = /^(?:\d{2,4}(?:kbps|kbs|bit|khz)|kbps|rips?|vinylrip|cdrip|lossless)$/;

/** "24-96", "16/44.1". */
function isResolution([bits = "", rate = "", ...rest]: readonly string[]): boolean {
  return (
    /^(?:16|24|32)(?:bit|b)?$/.test(bits) &&
    /^(?:44|48|88|96|176|192)(?:khz)?$/.test(rate) &&
    rest.every((word) => /^(?:1|2|4|khz)$/.test(word))
  );
}

/** "iTunes LP", but not a session recorded for a shop. */
function isOfShop(words: readonly string[]): boolean {
  return (
    words.length > 1 &&
    words.some((word) => shops.has(word)) &&
    !words.includes("original") &&
    words.every((word) => editionFillers.has(word) || editionNouns.has(word))
  );
}

/** Beginnings that cover misspellings and other languages. */
const editionBeginnings = /^(?:remast|rimast|delux|anniv|aniv|expand|editi|edici|edica|edizi)/;

function isEditionWord(word: string): boolean {
  return editionWords.has(word) || editionBeginnings.test(word);
}

/** Without a bracket, an edition must begin with its own word: "World 11th Anniversary" is a title. */
function beginsAnEdition(words: readonly string[]): boolean {
  const [first = "", second = ""] = words;
  if (words.length === 1) return /^(?:remaster|deluxe|expanded)/.test(first);
  if (isEditionWord(first)) return true;
  if (year.test(first)) return /^(?:remaster|reissue|edition|deluxe|digital)/.test(second);
  if (ordinal.test(first) && isEditionWord(second)) return true;
  if (first === "the" && isEditionWord(second)) return true;
  return leadsIn.test(first) && words.slice(1).some((word) => isEditionWord(word) || editionNoun.test(word));
}

/** First words of versions that are not the finished album. */
const unfinished = /^(?:early|first|rough|alternative|unfinished)$/;

/** "Somebody Collection", "Original Label Classics Remasters": a label's series of reissues. */
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

// Editions in Chinese, Japanese and Korean, which put no spaces between words. Folded text has simplified characters.

/** Words for other recordings and collections. */
const anotherAlbum =
  /ライ[ブヴ]|コンサート|ベスト|リミックス|カラオケ|インスト|アコースティック|デモ|シングル|トリビュート|现场|演唱会|精选|混音|伴奏|라이브|베스트|리믹스|콘서트/;

/** An edition has one of these, and only words of editions. */
const editionWord =
  /盘|版|仕[样様]|リマスタ|エディション|デラックス|ボーナス|限定|周年|리마스터|에디션|디럭스|한정|재발매/;
const asianEditionWords = new RegExp(
  `^(?:${[
    String.raw`\d|周?年度?|[盘版の]|仕[样様]|限定|限量|初回|首批|首次|预购|通常|普通|标准|生产|生産|完全|期间|特别|特装|豪华|典藏|珍藏|收藏|纪念|记念|庆功|改版`,
    "精装|平装|简装|复刻|复古|重制|加长|扩展|升级|数码|数字|黑胶|彩胶|立体声|签名|台湾|香港|日本|海外|国内|国际|最新|高音质|纸ジャケ(?:ット)?",
    "リマスタ(?:ー|ード|リング)|デラックス|スペシャル|リミテッド|エクスパンデッド|アニバーサリー|コレクターズ|エディション|[ヴバ](?:ァ)?ージョン",
    "スーパー|レガシー|デジタル|ボーナス|トラック|ディスク|付き?",
    "리마스터(?:드|링)?|에디션|디럭스|스페셜|한정|초회|주년|기념|재발매|확장|반|판",
  ].join("|")})+$`,
);
/** Some pressings are named after a bonus item: "アートブック盤". */
const pressing = /^\D{1,12}盘$/;

export function isAsianEdition(foldedText: string): boolean {
  if (!editionWord.test(foldedText) || anotherAlbum.test(foldedText)) return false;
  const words = foldedText.replaceAll(" ", "");
  return asianEditionWords.test(words) || pressing.test(words);
}

/** Returns true if a text contains a word for another recording or a collection. */
export function holdsOtherAlbum(foldedText: string): boolean {
  return anotherAlbum.test(foldedText);
}
