// An explanation in words: the verdict, what stands behind it, and what would change it.

import { localDayInWords } from "../../output/dates.ts";
import { counted } from "../../output/numbers.ts";
import { yearsInWords } from "../shared/listing/times-in-words.ts";
import { shellWord } from "../../queries/doubts/commands.ts";
import type { ExplainAnswer } from "../../queries/explain/explain.ts";
import type { Copy, Hit } from "../../queries/find/find-records.ts";
import { creditedSection, rejectedSection, specialCase } from "./album-sections.ts";
import type { ExplainView } from "./screen.ts";

/** isVerbose: with everything that was looked at. */
export function explainView(
  answer: ExplainAnswer,
  { isVerbose }: { readonly isVerbose: boolean },
): ExplainView {
  const { record, copies, absent, isHistoryComplete } = answer;
  const special = specialCase(answer);
  return {
    id: record.id,
    releaseId: record.releaseId,
    artist: record.artist.trim(),
    title: record.title.trim(),
    facts: factsOf(answer),
    copies: copiesOf(copies),
    verdict: verdictOf(answer),
    isDoubtful: answer.type === "fuzzy" || answer.rule === "tie" || answer.decidedBy === "user",
    remarks: [
      ...kindRemark(answer),
      ...special.remarks,
      ...notedRemark(answer),
      ...strayRemark(answer),
      ...(absent.length === 0
        ? []
        : [`Not in your plays now: ${absent.map(({ artist, title }) => `${artist} · ${title}`).join("; ")}`]),
      ...(isHistoryComplete || record.playCount === 0
        ? []
        : ["Last played: unknown, the listening history is not in the cache."]),
    ],
    sections: [
      ...creditedSection(answer),
      ...special.sections,
      ...rejectedSection(answer, { isVerbose, beside: special.sections }),
    ],
    commands: special.commands ?? commandsOf(answer),
  };
}

function factsOf({ record, details: { folder, label, addedUts } }: ExplainAnswer): string {
  const kinds = new Map<string, string>(
    Object.entries({ single: "single", ep: "EP", compilation: "compilation" }),
  );
  const kind = kinds.get(record.kind);
  return [
    [
      record.form === "Box" ? "Box set" : kind === undefined ? record.form : `${record.form} ${kind}`,
      label ?? "",
      yearsInWords(record),
    ]
      .filter((part) => part !== "")
      .join(", "),
    folder === null ? "" : `folder ${folder}`,
    addedUts === null ? "" : `added ${localDayInWords(addedUts)}`,
    record.rating === 0 ? "" : `rating ${record.rating}`,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/** Two opinions on the kind, where both have one and they differ. */
function kindRemark({ kinds: { said, musicbrainz } }: ExplainAnswer): string[] {
  // A box is no kind of music: what lies in it may be of any.
  if (said === null || musicbrainz === null || said === musicbrainz || said === "box") return [];
  return [`By its formats this is ${withArticle(said)}; MusicBrainz calls it ${withArticle(musicbrainz)}.`];
}

/** What counts beside the scrobbles. */
function notedRemark({ details: { notedPlays, lastNotedUts } }: ExplainAnswer): string[] {
  if (notedPlays === 0 || lastNotedUts === null) return [];
  const last = localDayInWords(lastNotedUts);
  return [
    notedPlays === 1
      ? `You noted a play of it on ${last}.`
      : `You noted ${counted(notedPlays, "play")} of it, the last on ${last}.`,
  ];
}

/** What no figure counts: no other record is known to have these songs. */
function strayRemark({ details: { strayPlays } }: ExplainAnswer): string[] {
  if (strayPlays === 0) return [];
  return [
    `${counted(strayPlays, "play")} of its songs came without its album, and no other record of yours has them: not counted.`,
  ];
}

function withArticle(kind: string): string {
  if (kind === "ep") return "an EP";
  return kind === "album" ? "an album" : `a ${kind}`;
}

function copiesOf([, ...others]: Hit): string {
  if (others.length === 0) return "one copy";
  const shown = others.slice(0, 3).map(copyInBrief).join("; ");
  const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
  return `${others.length === 1 ? "second copy" : "other copies"}: ${shown}${more}`;
}

function copyInBrief({ id, form, year }: Copy): string {
  return [`#${id}`, form, year === null ? "" : String(year)].filter((part) => part !== "").join(", ");
}

function commandsOf(answer: ExplainAnswer): string[] {
  const { record, credited, rejected, type, decidedBy, decision, namelessAlbums } = answer;
  const link = `rewind link ${record.id}`;
  const next = rejected[0];
  const putIn =
    next === undefined ? `put one in: ${link} --add "ARTIST ALBUM"` : `put one in: ${link} --add a${next.id}`;
  if (decidedBy === "user" && decision !== undefined) return [`Undo your decision: ${link} --clear`, putIn];
  if (credited.length > 0) {
    const least = credited.toSorted((a, b) => a.confidence - b.confidence || a.playCount - b.playCount)[0];
    const takeOut =
      credited.length === 1 || least === undefined
        ? `not it: ${link} --none`
        : `take one out: ${link} --not a${least.id}`;
    const confirm =
      type === "fuzzy" ? [`Right?   ${link} --add ${credited.map(({ id }) => `a${id}`).join(",")}`] : [];
    return [...confirm, `Wrong?   ${takeOut}`, putIn];
  }
  if (type === "artist_only" || next !== undefined || namelessAlbums !== null) return [`Wrong?   ${putIn}`];
  const [artist = record.artist] = record.artistNames;
  return [
    `Spelled differently on Last.fm?   rewind alias ${shellWord(artist.replace(/\s*\(\d+\)$/, ""))} "NAME THERE"`,
    putIn,
  ];
}

function verdictOf(answer: ExplainAnswer): string {
  const { record, type, confidence, rule, decidedBy, credited, decision, byArtists, namelessAlbums } = answer;
  if (credited.length > 0) {
    const { spins } = answer.details;
    const verdict =
      decidedBy === "user"
        ? `YOURS${decision === undefined ? "" : `, decided ${localDayInWords(decision.decidedUts)}`}`
        : type === "fuzzy"
          ? `FUZZY, ${oddsInWords(confidence)} such matches are right`
          : "EXACT";
    return [
      verdict,
      counted(record.playCount, "play"),
      spins === null ? "" : counted(spins, "spin"),
      record.lastPlayedUts === null ? "" : `last ${localDayInWords(record.lastPlayedUts)}`,
      sharedBy(answer),
    ]
      .filter((part) => part !== "")
      .join(" · ");
  }
  if (decidedBy === "user") {
    const since = decision === undefined ? "" : ` on ${localDayInWords(decision.decidedUts)}`;
    return decision !== undefined && decision.mode !== "none" && decision.add.length > 0
      ? `NOTHING TO CREDIT · what you decided${since} is not in your plays now`
      : `NOT MATCHED, as you decided${since}`;
  }
  if (rule === "tie") return "NOT MATCHED · several albums fit equally well; only you can tell";
  const never =
    record.kind === "album" || record.kind === "ep" ? "NEVER SCROBBLED" : "NEVER SCROBBLED AS A RECORD";
  if (namelessAlbums !== null) return `${never} · the record names no artist${alsoNameless(namelessAlbums)}`;
  if (type !== "artist_only" || byArtists.albums === 0)
    return `${never} · no album by ${record.artist} in your plays`;
  return `${never} · artist known: ${counted(byArtists.plays, "play")} of ${counted(byArtists.albums, "other album")} by ${record.artist}`;
}

function alsoNameless(albums: number): string {
  if (albums === 0) return "";
  return `, nor ${albums === 1 ? "does" : "do"} ${counted(albums, "album")} in your plays`;
}

function oddsInWords(confidence: number): string {
  const tenths = confidence * 10;
  return Math.abs(tenths - Math.round(tenths)) < 0.05
    ? `about ${Math.round(tenths)} in 10`
    : `about ${Math.round(confidence * 100)} in 100`;
}

function sharedBy({ copies, areCopiesAlike }: ExplainAnswer): string {
  if (copies.length === 1 || !areCopiesAlike) return "";
  return `holds for ${copies.length === 2 ? "both" : `all ${copies.length}`} copies`;
}
