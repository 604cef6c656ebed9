// Editions in Chinese, Japanese and Korean, which put no spaces between words. Folded text has simplified characters.

/** Words for other recordings and collections. */
const anotherAlbum =
  /ライ[ブヴ]|コンサート|ベスト|リミックス|カラオケ|インスト|アコースティック|デモ|シングル|トリビュート|现场|演唱会|精选|混音|伴奏|라이브|베스트|리믹스|콘서트/;

/** An edition has one of these, and only words of editions. */
const editionWord =
  /盘|版|仕[样様]|リマスタ|エディション|デラックス|ボーナス|限定|周年|리마스터|에디션|디럭스|한정|재발매/;
const editionWords = new RegExp(
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
  return editionWords.test(words) || pressing.test(words);
}

/** Returns true if a text contains a word for another recording or a collection. */
export function holdsOtherAlbum(foldedText: string): boolean {
  return anotherAlbum.test(foldedText);
}
