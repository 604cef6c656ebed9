// The sample as its services would list it, and a file: a shelf, and a listening history that ends at a given time.
import { daySeconds } from "../model/times.ts";
import type {
  ArtistCredit,
  CollectionRecord,
  CustomField,
  Folder,
  Format,
  Release,
  Want,
} from "../model/model.ts";
import type { SourcePlay } from "../model/listening-sources.ts";
import type { Listings } from "./memory-services.ts";
import { buildSampleTracklists, generateHistory, computeMonthSeconds, parseTable } from "./demo-history.ts";
import { sampleCollection, sampleWantlist } from "./demo-tables.ts";

/** Higher than any id on Discogs, so that none belongs to a real record. */
const firstId = 900_000_001;
/** Discogs' artist "Various". */
const variousId = 194;

export const sampleAccounts = { collection: "sample", listening: "sample", listens: "sample" };

export interface SampleListings extends Listings {
  /** The plays of an imported file of Spotify. */
  readonly streams: readonly SourcePlay[];
  /** Different plays of all sources. */
  readonly plays: number;
}

/** The same for a whole day: the newest play is from the evening before. */
export function buildSampleListings(nowMs: number): SampleListings {
  const midnightUts = Math.floor(nowMs / 1000 / daySeconds) * daySeconds;
  const ids = createIdGenerator();
  const lines = parseTable(sampleCollection);
  const folders = [...new Set(lines.map((cells) => cells[6] ?? ""))].toSorted();
  const records = lines.map((cells, at) => buildRecord(cells, at, { ids, folders, midnightUts }));
  return {
    discogsUser: sampleAccounts.collection,
    lastfmUser: sampleAccounts.listening,
    records,
    wants: parseTable(sampleWantlist).map((cells, at) => buildWant(cells, at, ids, midnightUts)),
    folders: [{ id: 1, name: "Uncategorized" }, ...folders.map((name, at): Folder => ({ id: at + 2, name }))],
    customFields: ["Media", "Sleeve", "Shelf", "Price"].map((name, at): CustomField => {
      return { id: at + 1, name, position: at + 1 };
    }),
    ...generateHistory(midnightUts),
    playing: {
      artist: "Joni Mitchell",
      title: "Amelia",
      album: "Hejira",
      lengthSeconds: 361,
      startedUts: Math.floor(nowMs / 1000),
      client: "Navidrome",
    },
    tracklists: buildSampleTracklists(lines, records),
  };
}

type IdGenerator = (kind: "release" | "master" | "artist" | "label", name: string) => number;

/** Returns numbers in the order of the calls, and the same number for the same name. */
function createIdGenerator(): IdGenerator {
  const numbers = new Map<string, number>();
  return (kind, name) => {
    const key = `${kind} ${name}`;
    const id = numbers.get(key) ?? firstId + numbers.size;
    numbers.set(key, id);
    return id;
  };
}

function buildRelease(cells: readonly string[], ids: IdGenerator): Release {
  const [artists = "", title = "", year = "", form = "", pressing = "", music = ""] = cells;
  const [label = "", catalogNumber = ""] = pressing.split(", ");
  const [genre = "", style = ""] = music.split(": ");
  return {
    id: ids("release", cells.slice(0, 5).join("|")),
    masterId: ids("master", `${artists}|${title}`),
    title,
    year: Number(year),
    artists: parseArtistCredits(artists, ids),
    formats: getFormats(form),
    labels: [{ id: ids("label", label), name: label, catalogNumber }],
    genres: [genre],
    styles: [style],
    coverUrl: null,
    thumbUrl: null,
  };
}

function parseArtistCredits(text: string, ids: IdGenerator): ArtistCredit[] {
  const parts = text.split("~").map((part) => part.trim());
  return parts
    .filter((_, at) => at % 2 === 0)
    .map((credit, at) => {
      const [, name = credit, anv = ""] = /^(.*) \{(.*)\}$/.exec(credit) ?? [];
      const id = name === "Various" ? variousId : ids("artist", name);
      return { id, name, anv, join: parts[at * 2 + 1] ?? "" };
    });
}

const formats = new Map<string, Format>(
  Object.entries({
    LP: buildVinylFormat(1, "LP", "Album"),
    "2LP": buildVinylFormat(2, "LP", "Album"),
    "2x10": buildVinylFormat(2, '10"', "Album"),
    "12": buildVinylFormat(1, '12"', "45 RPM", "Single"),
    "12EP": buildVinylFormat(1, '12"', "EP"),
    "7": buildVinylFormat(1, '7"', "45 RPM", "Single"),
    CD: { name: "CD", quantity: 1, text: "", descriptions: ["Album"] },
    Cass: { name: "Cassette", quantity: 1, text: "", descriptions: ["Album"] },
    Box12: buildVinylFormat(12, "LP", "Album"),
  }),
);
const boxSet: Format = { name: "Box Set", quantity: 1, text: "", descriptions: ["Compilation"] };

function buildVinylFormat(quantity: number, ...descriptions: string[]): Format {
  return { name: "Vinyl", quantity, text: "", descriptions };
}

function getFormats(form: string): Format[] {
  const format = formats.get(form);
  if (format === undefined) throw new Error(`no such form: ${form}`);
  return form === "Box12" ? [boxSet, format] : [format];
}

interface CollectionContext {
  readonly ids: IdGenerator;
  readonly folders: readonly string[];
  readonly midnightUts: number;
}

/** Used records cost less. */
function buildPriceText(at: number, isUsed: boolean): string {
  return `${(isUsed ? 6 : 18) + ((at * 7) % 13)}.${at % 2 === 0 ? "00" : "90"} EUR`;
}

function buildRecord(cells: readonly string[], at: number, facts: CollectionContext): CollectionRecord {
  const [folder = "", months = "", rating = "", place = ""] = cells.slice(6);
  const isUsed = at % 3 === 0;
  return {
    instanceId: firstId + at,
    release: buildRelease(cells, facts.ids),
    folderId: facts.folders.indexOf(folder) + 2,
    rating: Number(rating),
    dateAdded: formatDiscogsDate(facts.midnightUts - computeMonthSeconds(Number(months)) + at * 61),
    fieldValues: [
      { fieldId: 1, value: isUsed ? "Very Good Plus (VG+)" : "Near Mint (NM or M-)" },
      ...(place === "" ? [] : [{ fieldId: 3, value: place }]),
      // The price of every fifth record was not written down.
      ...(at % 5 === 4 ? [] : [{ fieldId: 4, value: buildPriceText(at, isUsed) }]),
    ],
  };
}

function buildWant(cells: readonly string[], at: number, ids: IdGenerator, midnightUts: number): Want {
  const dateAdded = formatDiscogsDate(midnightUts - computeMonthSeconds(3 + at * 5));
  return { release: buildRelease(cells, ids), rating: 0, dateAdded, notes: "" };
}

/** Discogs writes Pacific time with its offset. */
function formatDiscogsDate(uts: number): string {
  return `${new Date((uts - 8 * 3600) * 1000).toISOString().slice(0, 19)}-08:00`;
}
