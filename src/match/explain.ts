import type { AlbumBlock } from "./album-block.ts";
import { blockIndex } from "./album-block.ts";
import type { Decision } from "./decide.ts";
import { confidenceOf, ruleInWords } from "./rules.ts";
import type { AlbumRow } from "./matched-release.ts";
import { identityWords } from "./vocabulary.ts";
import { distance } from "./edit-distance.ts";
import { withDigits } from "./numbers.ts";
import { parseTitle } from "./title.ts";
import type { ParsedTitle } from "./title.ts";

export interface RejectedAlbum {
  readonly album: AlbumRow;
  /** Why not, in words about titles. */
  readonly reason: string;
  /** Whether a person might well want to look. */
  readonly close: boolean;
}

/** The artist's albums that were not credited, closest first, each with the reason. */
export function rejectedAlbums(
  recordTitle: string,
  decision: Decision,
  blocks: Iterable<AlbumBlock>,
): RejectedAlbum[] {
  const record = parseTitle(recordTitle);
  const credited = new Set(decision.credited.map((credit) => credit.album.id));
  const reached = new Map(decision.passedOver.map((candidate) => [candidate.entry.album.id, candidate]));
  const judged: (RejectedAlbum & { readonly distance: number })[] = [];
  const seen = new Set<number>();
  const judge = (album: AlbumRow, title: ParsedTitle): void => {
    if (credited.has(album.id) || seen.has(album.id)) return;
    seen.add(album.id);
    const candidate = reached.get(album.id);
    const near = nearness(record, title);
    const reason = candidate ? passedOverReason(decision, candidate.rule) : difference(record, title);
    const close = candidate !== undefined || near < 0.35;
    judged.push({ album, reason, close, distance: candidate ? near - 1 : near });
  };
  for (const candidate of decision.passedOver) judge(candidate.entry.album, candidate.entry.title);
  for (const block of blocks) for (const entry of blockIndex(block).entries) judge(entry.album, entry.title);
  return judged
    .toSorted(
      (a, b) =>
        Number(b.close) - Number(a.close) ||
        (a.close && b.close ? a.distance - b.distance : 0) ||
        b.album.playCount - a.album.playCount ||
        a.album.id - b.album.id,
    )
    .map(({ album, reason, close }) => ({ album, reason, close }));
}

function passedOverReason(decision: Decision, rule: Parameters<typeof ruleInWords>[0]): string {
  if (decision.rule === "tie") return `as good as ${otherIds(decision)}: ${ruleInWords(rule)}`;
  return confidenceOf(decision.rule) > confidenceOf(rule) ? `only ${ruleInWords(rule)}` : ruleInWords(rule);
}

function otherIds(decision: Decision): string {
  return decision.passedOver
    .map((candidate) => `a${candidate.entry.album.id}`)
    .slice(0, 3)
    .join(", ");
}

function nearness(record: ParsedTitle, album: ParsedTitle): number {
  if (record.key === album.key) return 0;
  if (album.stem.startsWith(`${record.stem} `) || record.stem.startsWith(`${album.stem} `)) return 0.2;
  const longest = Math.max(record.key.length, album.key.length);
  return longest > 200 ? 1 : distance(record.key, album.key) / longest;
}

function difference(record: ParsedTitle, album: ParsedTitle): string {
  const mine = withDigits(record.stem);
  const theirs = withDigits(album.stem);
  const added = theirs.filter((word) => !mine.includes(word));
  const missing = mine.filter((word) => !theirs.includes(word));
  const marked = [...added, ...missing].find((word) => identityWords.has(word));
  if (added.length + missing.length > 0 && marked !== undefined && sameRest(mine, theirs)) {
    return added.includes(marked) ? `the album says “${marked}”` : `the record says “${marked}”`;
  }
  if (record.numbers !== album.numbers && sameRest(mine, theirs)) {
    return `another number: ${album.numbers || "none"} against ${record.numbers || "none"}`;
  }
  if (record.key === album.key) return tailDifference(record, album);
  if (missing.length === 0 && added.length > 0)
    return `more words: ${restOf(album.stemText, record.stemText)}`;
  if (added.length === 0 && missing.length > 0)
    return `fewer words: without ${restOf(record.stemText, album.stemText)}`;
  return "another title";
}

function tailDifference(record: ParsedTitle, album: ParsedTitle): string {
  if (record.disc !== "" && album.disc !== "" && record.disc !== album.disc) return "another disc";
  if (album.format === "single") return "a single";
  if (album.format === "ep") return "an EP";
  return record.format === "ep" ? "not an EP" : "another release of this title";
}

function sameRest(mine: readonly string[], theirs: readonly string[]): boolean {
  return unmarked(mine) === unmarked(theirs);
}

function unmarked(words: readonly string[]): string {
  return words.filter((word) => !identityWords.has(word) && !/\p{N}/u.test(word)).join(" ");
}

function restOf(long: string, short: string): string {
  return long.toLowerCase().startsWith(short.toLowerCase())
    ? long
        .slice(short.length)
        .replace(/^[\s:\-–—(]+/, "")
        .replace(/\)$/, "")
    : long;
}
