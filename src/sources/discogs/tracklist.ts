// The tracklist of a release, in the shapes that Discogs has had for it.
import type { ListedTrack } from "../../model/model.ts";
import { field, items, name, type Node } from "../../model/decode.ts";
import { decodeArtist } from "./rows.ts";

/** The longest boxes hold some thousand. */
const mostTracks = 5_000;
const deepest = 3;
const longestSeconds = 100 * 3600;

export function decodeTracklist(body: Node): readonly ListedTrack[] {
  const budget = { left: mostTracks };
  return tracksIn(field(body, "tracklist"), budget, 0);
}

/** Parts of parts stand beside them: one level is all that a printed list has. */
function tracksIn(node: Node, budget: { left: number }, depth: number): ListedTrack[] {
  const tracks: ListedTrack[] = [];
  for (const row of items(node)) {
    if (budget.left <= 0) break;
    budget.left -= 1;
    const parts = depth < deepest ? tracksIn(field(row, "sub_tracks"), budget, depth + 1) : [];
    tracks.push(decodeTrack(row, depth === 0 ? parts : []));
    if (depth > 0) for (const part of parts) tracks.push(part);
  }
  return tracks;
}

function decodeTrack(row: Node, parts: readonly ListedTrack[]): ListedTrack {
  const type = name(field(row, "type_")).toLowerCase();
  return {
    kind: parts.length > 0 || type === "index" ? "index" : type === "heading" ? "heading" : "track",
    position: name(field(row, "position")).trim(),
    title: name(field(row, "title")).trim(),
    durationSeconds: decodeDuration(field(row, "duration")),
    artists: items(field(row, "artists")).map(decodeArtist),
    parts,
  };
}

/** "3:45", "1:02:03", "(3:45)"; free text in old entries. Nothing at all, and nothing that lasts, is not known. */
function decodeDuration(node: Node): number | null {
  const found = /^\D{0,3}(?:(\d{1,2}):)?(\d{1,3}):(\d{2})\D{0,3}$/.exec(name(node).trim());
  if (!found) return null;
  const [hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((digits) => Number(digits ?? 0));
  const total = hours * 3600 + minutes * 60 + seconds;
  return total > 0 && total < longestSeconds && seconds < 60 ? total : null;
}
