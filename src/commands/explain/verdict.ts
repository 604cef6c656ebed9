// The verdict on a record, in one line.
import { localDayInWords } from "../../output/dates.ts";
import { counted } from "../../output/numbers.ts";
import type { ExplainAnswer } from "../../queries/explain/explain.ts";

export function verdictOf(answer: ExplainAnswer): string {
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
