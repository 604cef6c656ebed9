// What kind of release it is and in which form it comes: worked out from the formats that Discogs lists.
import type { ArtistCredit, Format } from "./model.ts";

export const kinds = ["album", "single", "ep", "compilation", "box", "other"] as const;
export type Kind = (typeof kinds)[number];

/** Discogs' artist "Various". */
const variousId = 194;

/** What copies of one album share: a single or an EP that has an album's title is no copy of it. */
export function kindOfCopy(kind: string): "single" | "ep" | "album" {
  return kind === "single" || kind === "ep" ? kind : "album";
}

const albumMedia = new Set([
  "CD",
  "CDr",
  "SACD",
  "Cassette",
  "DCC",
  "MiniDisc",
  "8-Track Cartridge",
  "Reel-To-Reel",
]);

/** Formats that hold other formats together and say nothing about the music by themselves. */
const wrappers = new Set(["Box Set", "All Media"]);

/**
 * One kind a release. A box is a box whatever lies in it; otherwise the first word that Discogs gives about the
 * music decides, and where it gives none, what usually comes on such a disc: a 7" or 12" a single, a CD an album.
 */
export function kindOf(formats: readonly Format[], artists: readonly ArtistCredit[]): Kind {
  return saidKind(formats, artists) ?? usualKind(formats);
}

/** What the words of the formats say; null where they say nothing of the music. */
export function saidKind(formats: readonly Format[], artists: readonly ArtistCredit[]): Kind | null {
  if (formats.some(isBox)) return "box";
  const words = musicWords(formats);
  if (words.some((word) => collections.has(word))) return "compilation";
  const said = words.includes("EP") ? "ep" : words.some((word) => singles.has(word)) ? "single" : null;
  if (said === null && isByVarious(artists)) return "compilation";
  if (said !== null) return said;
  if (words.some((word) => albums.has(word))) return "album";
  if (formats.some(({ descriptions }) => descriptions.includes("Compilation"))) return "compilation";
  if (formats.some(({ descriptions }) => descriptions.includes("Album"))) return "album";
  return null;
}

const collections = new Set(["Compilation", "Sampler", "Mixed", "Mixtape"]);
const singles = new Set(["Single", "Maxi-Single"]);
const albums = new Set(["Album", "Mini-Album", "LP"]);
const singleDiscs = new Set(['7"', '12"', '5"', "Jukebox"]);

/** The words about the first of the formats that holds music itself. */
function musicWords(formats: readonly Format[]): readonly string[] {
  return (formats.find(holdsMusic) ?? formats[0])?.descriptions ?? [];
}

function isBox({ name }: Format): boolean {
  return name === "Box Set";
}

function holdsMusic({ name }: Format): boolean {
  return !wrappers.has(name);
}

function isByVarious([first]: readonly ArtistCredit[]): boolean {
  return first !== undefined && (first.id === variousId || /^various( artists)?$/i.test(first.name));
}

/** What usually comes on such a disc. */
function usualKind(formats: readonly Format[]): Kind {
  const discs = formats.filter(holdsMusic);
  const isSingleDisc = musicWords(formats).some((word) => singleDiscs.has(word));
  if (isSingleDisc || discs[0]?.name === "Flexi-disc" || discs[0]?.name === "Shellac") return "single";
  if (discs.some((format) => albumMedia.has(format.name))) return "album";
  // One file is a song, eight files are a record.
  if (discs.some((format) => format.name === "File" && format.quantity >= 5)) return "album";
  return "other";
}

const shortNames = new Map<string, string>(
  Object.entries({
    Cassette: "Cass",
    "Flexi-disc": "Flexi",
    "Lathe Cut": "Lathe",
    "Box Set": "Box",
    "All Media": "Mixed",
    "8-Track Cartridge": "8-Trk",
    "Reel-To-Reel": "Reel",
    "Memory Stick": "Stick",
    MiniDisc: "MD",
    Minidisc: "MD",
    "Blu-ray": "BD",
    "Blu-ray-R": "BD",
    Laserdisc: "LD",
    Shellac: "78",
    Acetate: "Acet",
  }),
);

const vinylSize = /^\d{1,2}"$/;

/** How it stands on the shelf, in at most five or so columns: LP, 2×LP, 7", CD, Box, Cass, File; "?" without a format. */
export function formOf(formats: readonly Format[]): string {
  if (formats.some(isBox)) return "Box";
  const first = formats.find(holdsMusic) ?? formats[0];
  if (first === undefined) return "?";
  const form = formOfOne(first);
  // A release of two LPs stands either as one format with quantity 2 or as two formats.
  const pieces = formats
    .filter((format) => !wrappers.has(format.name) && formOfOne(format) === form)
    .reduce((sum, format) => sum + format.quantity, 0);
  return pieces > 1 && first.name !== "File" ? `${pieces}×${form}` : form;
}

function formOfOne({ name, descriptions }: Format): string {
  if (name !== "Vinyl") {
    const size =
      name === "Shellac" || name === "Lathe Cut"
        ? descriptions.find((word) => vinylSize.test(word))
        : undefined;
    return size ?? shortNames.get(name) ?? (name === "" ? "?" : name.slice(0, 5));
  }
  const size = descriptions.find((word) => vinylSize.test(word));
  if (size !== undefined) return size;
  return descriptions.some((word) => /^(LP|Album|Mini-Album|Compilation)$/.test(word)) ? "LP" : "Vinyl";
}
