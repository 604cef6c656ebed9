// The project's own sets of records and albums, made from knowledge. made-languages.txt says what a line of them is.
import { readFileSync } from "node:fs";
import { parseFormats } from "./labelled.mjs";

export const madeSets = ["made-languages", "made-genres"];

/** The records, library and labelled pairs of a set, and what was heard from each row. */
export function readMadeSet(name) {
  const records = [];
  const pairs = [];
  const rows = new Map();
  const heard = new Map();
  let kind = "";
  let row;
  const text = readFileSync(new URL(`${name}.txt`, import.meta.url), "utf8");
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const record = records.at(-1);
    const [, sign = "", rest = line] = /^([#+\-=mth]) (.*)$/.exec(line) ?? [];
    if (sign === "#") kind = rest;
    else if (sign === "+" || sign === "-") {
      const [title, artist = record.artists[0]] = rest.split(" | ").toReversed();
      const key = JSON.stringify([artist, title]);
      row = rows.get(key) ?? { id: rows.size + 1, artist, title, playCount: 1 };
      rows.set(key, row);
      pairs.push({
        n: record.n,
        record: `${record.artists.join(", ")} – ${record.title}`,
        artist,
        album: title,
        label: sign === "+" ? "same" : "different",
        class: kind,
      });
    } else if (sign === "=" || sign === "m")
      record.otherTitles.push({ title: rest, source: sign === "=" ? "musicbrainz" : "master" });
    else if (sign === "t") record.tracklist = parseTracks(rest);
    else if (sign === "h")
      heard.set(
        row.id,
        rest.split("; ").map((title) => ({ title, artists: [row.artist] })),
      );
    else records.push(parseRecord(rest, records.length));
  }
  return { records, pairs, rows: [...rows.values()], heard: (id) => heard.get(id) ?? [] };
}

function parseRecord(line, n) {
  const [artists, title, format, year] = line.split(" | ");
  const named = artists.split("; ").map((one) => /^(.*) \(as (.*)\)$/.exec(one) ?? ["", one, ""]);
  return {
    n,
    tracklist: undefined,
    artists: named.map(([, name]) => name),
    spelled: named.map(([, , spelling]) => spelling),
    title,
    format,
    year: Number(year),
    otherTitles: [],
  };
}

function parseTracks(line) {
  return line.split("; ").map((track) => {
    const [artist, ...title] = track.split(": ");
    return { title: title.join(": "), artists: [artist] };
  });
}

/** A record as the matcher is given a release: by its name alone, or with the titles and tracks that services know. */
export function buildRelease({ artists, spelled, title, format, year, otherTitles, tracklist }, isKnown) {
  return {
    title,
    artists: artists.map((name, at) => ({ id: null, name, anv: spelled[at], join: "," })),
    formats: parseFormats(format),
    labels: [],
    year,
    ...(isKnown ? { otherTitles, tracklist } : {}),
  };
}
