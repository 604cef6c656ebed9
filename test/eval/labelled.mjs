// Reads the files of the evaluation: one JSON object a line.
import { readFileSync } from "node:fs";

export function readLines(path) {
  return readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line));
}

// The website's abbreviations of format descriptions; what isn't here is a colour, a weight or the like.
const descriptions = new Map([
  ["Comp", "Compilation"],
  ["MiniAlbum", "Mini-Album"],
  ["Maxi", "Maxi-Single"],
  ["RE", "Reissue"],
  ["RM", "Remastered"],
  ["RP", "Repress"],
  ["Ltd", "Limited Edition"],
  ["Dlx", "Deluxe Edition"],
  ["S/Sided", "Single Sided"],
  ["Box", "Box Set"],
]);
const mediums = new Set([
  "Vinyl",
  "CD",
  "CDr",
  "Cassette",
  "File",
  "Box Set",
  "All Media",
  "DVD",
  "SACD",
  "Shellac",
]);

/** "2xLP, Album, RE + CD, Album" as the formats of a release. */
export function parseFormats(text) {
  return (text ?? "")
    .split(/\s\+\s|;/)
    .map((piece) =>
      piece
        .split(",")
        .map((word) => word.trim().replace(/^\d+x/, ""))
        .filter((word) => word !== ""),
    )
    .filter((words) => words.length > 0)
    .map((words) => {
      const full = words.map((word) => descriptions.get(word) ?? word);
      const name = full.find((word) => mediums.has(word)) ?? "Vinyl";
      return { name, quantity: 1, text: "", descriptions: full.filter((word) => word !== name) };
    });
}

/** A labelled record as the matcher is given a release; the credit of a single artist is the name as it is printed. */
export function parseRelease(record) {
  const { artists, credit } = record;
  const anv = artists.length === 1 && credit !== undefined && credit !== artists[0] ? credit : "";
  return {
    title: record.title,
    artists: artists.map((name) => ({ id: null, name, anv, join: "," })),
    formats: parseFormats(record.format),
    labels: [],
    year: record.year ?? null,
  };
}

/** The tracks that were heard from each row, all by the row's own artist. */
export function readHeard(path, rows) {
  const tracksByAlbum = new Map(
    readLines(path).map(({ artist, album, tracks }) => [JSON.stringify([artist, album]), tracks]),
  );
  const heard = new Map();
  for (const { id, artist, title } of rows) {
    const tracks = tracksByAlbum.get(JSON.stringify([artist, title]));
    if (tracks)
      heard.set(
        id,
        tracks.map((track) => ({ title: track, artists: [artist] })),
      );
  }
  return (id) => heard.get(id) ?? [];
}

/** Tracklists by record. Where every track ends in a name, or the record is by many, what follows the dash is the artist. */
export function readTracklists(path) {
  const byRecord = new Map(readLines(path).map(({ n, tracks }) => [n, tracks]));
  return (record) => {
    const tracks = byRecord.get(record.n);
    if (!tracks) return undefined;
    const named = tracks.every((track) => track.includes(" - "));
    return tracks.map((track) => {
      const at = named ? track.lastIndexOf(" - ") : -1;
      return at === -1
        ? { title: track, artists: [] }
        : { title: track.slice(0, at), artists: [track.slice(at + 3)] };
    });
  };
}
