// An explanation in words: facts about the record, the verdict, remarks, and commands that change it.
import { localDayInWords } from "../../output/dates.ts";
import { counted } from "../../output/number-text.ts";
import { joinParts } from "../../output/paragraph.ts";
import { shellWord } from "../../queries/doubts/commands.ts";
import type { ExplainAnswer } from "../../queries/explain/explain-record.ts";
import type { Copy, Hit } from "../../queries/find/find-records.ts";
import { playFacts, yearsInWords } from "../shared/listing/times-in-words.ts";

const kindNames = new Map<string, string>([
  ["single", "single"],
  ["ep", "EP"],
  ["compilation", "compilation"],
]);

export function factsOf({ record, details: { folder, label, addedUts } }: ExplainAnswer): string[] {
  const form =
    record.form === "Box" ? "Box set" : `${record.form} ${kindNames.get(record.kind) ?? ""}`.trim();
  return [
    joinParts([form, label ?? "", yearsInWords(record)], ", "),
    folder === null ? "" : `folder ${folder}`,
    addedUts === null ? "" : `added ${localDayInWords(addedUts)}`,
    record.rating === 0 ? "" : `rating ${record.rating}`,
  ].filter((part) => part !== "");
}

/** "second copy: #12, LP, 1977" */
export function copiesText([, ...others]: Hit): string {
  if (others.length === 0) return "one copy";
  const copyTexts = others.slice(0, 3).map(copyText).join("; ");
  const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
  return `${others.length === 1 ? "second copy" : "other copies"}: ${copyTexts}${more}`;
}

function copyText({ id, form, year }: Copy): string {
  return joinParts([`#${id}`, form, String(year ?? "")], ", ");
}

export function remarksOf(answer: ExplainAnswer, special: readonly string[]): string[] {
  const { record, details, absent, isHistoryComplete } = answer;
  const names = absent.map(({ artist, title }) => `${artist} · ${title}`).join("; ");
  return [
    kindRemark(answer),
    ...special,
    loggedRemark(details),
    details.strayPlays === 0
      ? ""
      : `Not counted: ${counted(details.strayPlays, "play")} of its songs without an album tag. No other record of yours has these songs.`,
    names === "" ? "" : `Not in your plays now: ${names}`,
    isHistoryComplete || record.playCount === 0
      ? ""
      : "Last played: unknown, because your listening history is not in the cache.",
  ].filter((remark) => remark !== "");
}

/** Discogs' formats and MusicBrainz may disagree. A box says nothing about what is inside. */
function kindRemark({ kinds: { said, musicbrainz } }: ExplainAnswer): string {
  if (said === null || musicbrainz === null || said === musicbrainz || said === "box") return "";
  return `By its formats this is ${withArticle(said)}; MusicBrainz calls it ${withArticle(musicbrainz)}.`;
}

function withArticle(kind: string): string {
  if (kind === "ep") return "an EP";
  return kind === "album" ? "an album" : `a ${kind}`;
}

function loggedRemark({ notedPlays, lastNotedUts }: ExplainAnswer["details"]): string {
  if (notedPlays === 0 || lastNotedUts === null) return "";
  const last = localDayInWords(lastNotedUts);
  return notedPlays === 1
    ? `You logged a play of it on ${last}.`
    : `You logged ${counted(notedPlays, "play")} of it, the last on ${last}.`;
}

export function commandsOf(answer: ExplainAnswer): string[] {
  const { record, credited, rejected, type, decidedBy, decision, namelessAlbums } = answer;
  const link = `rewind link ${record.id}`;
  const next = rejected[0];
  const add = `add one: ${link} --add ${next === undefined ? `"ARTIST ALBUM"` : `a${next.id}`}`;
  if (decidedBy === "user" && decision !== undefined) return [`Undo your decision: ${link} --clear`, add];
  if (credited.length > 0) {
    const least = credited.toSorted((a, b) => a.confidence - b.confidence || a.playCount - b.playCount)[0];
    const ids = credited.map(({ id }) => `a${id}`).join(",");
    return [
      ...(type === "fuzzy" ? [`Right?   ${link} --add ${ids}`] : []),
      credited.length === 1 || least === undefined
        ? `Wrong?   not it: ${link} --none`
        : `Wrong?   remove one: ${link} --not a${least.id}`,
      add,
    ];
  }
  if (type === "artist_only" || next !== undefined || namelessAlbums !== null) return [`Wrong?   ${add}`];
  const [artist = record.artist] = record.artistNames;
  return [
    `Spelled differently in your plays?   rewind alias ${shellWord(artist.replace(/\s*\(\d+\)$/, ""))} "NAME THERE"`,
    add,
  ];
}

export function verdictOf(answer: ExplainAnswer): string {
  const { record, type, rule, decidedBy, credited, decision, byArtists, namelessAlbums } = answer;
  if (credited.length > 0) {
    const facts = playFacts(record.playCount, answer.details.spins, record.lastPlayedUts);
    return joinParts([certaintyText(answer), ...facts, copiesRemark(answer)]);
  }
  if (decidedBy === "user") {
    const since = decision === undefined ? "" : ` on ${localDayInWords(decision.decidedUts)}`;
    return decision !== undefined && decision.mode !== "none" && decision.add.length > 0
      ? `NOTHING TO CREDIT · the albums that you chose${since} are not in your plays now`
      : `NOT MATCHED, as you decided${since}`;
  }
  if (rule === "tie")
    return "NOT MATCHED · several albums fit equally well, and only you can tell which it is";
  const never =
    record.kind === "album" || record.kind === "ep" ? "NEVER SCROBBLED" : "NEVER SCROBBLED AS A RECORD";
  if (namelessAlbums !== null) return `${never} · the record names no artist${namelessText(namelessAlbums)}`;
  if (type !== "artist_only" || byArtists.albums === 0)
    return `${never} · no album by ${record.artist} in your plays`;
  return `${never} · artist known: ${counted(byArtists.plays, "play")} of ${counted(byArtists.albums, "other album")} by ${record.artist}`;
}

function certaintyText({ type, confidence, decidedBy, decision }: ExplainAnswer): string {
  if (decidedBy === "user")
    return `YOURS${decision === undefined ? "" : `, decided ${localDayInWords(decision.decidedUts)}`}`;
  return type === "fuzzy" ? `FUZZY, ${oddsInWords(confidence)} such matches are right` : "EXACT";
}

function namelessText(albums: number): string {
  if (albums === 0) return "";
  return `, nor ${albums === 1 ? "does" : "do"} ${counted(albums, "album")} in your plays`;
}

function oddsInWords(confidence: number): string {
  const tenths = confidence * 10;
  return Math.abs(tenths - Math.round(tenths)) < 0.05
    ? `about ${Math.round(tenths)} in 10`
    : `about ${Math.round(confidence * 100)} in 100`;
}

function copiesRemark({ copies, areCopiesAlike }: ExplainAnswer): string {
  if (copies.length === 1 || !areCopiesAlike) return "";
  return `the same for ${copies.length === 2 ? "both" : `all ${copies.length}`} copies`;
}
