// The kind of a release (album, single …) and its form (LP, CD …), by the formats that Discogs lists.
import type { ArtistCredit, Format } from "./model.ts";

export const kinds = ["album", "single", "ep", "compilation", "box", "other"] as const;
export type Kind = (typeof kinds)[number];

/** Discogs' artist "Various". */
const variousId = 194;

/** Copies of one album have the same kind: a single with the title of an album is no copy of it. */
export function getCopyKind(kind: string): "single" | "ep" | "album" {
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

/** Formats that only hold other formats. */
const containerFormats = new Set(["Box Set", "All Media"]);

/** A box set is a box. Otherwise the music's description decides, or else the medium: a CD is an album. */
export function getReleaseKind(formats: readonly Format[], artists: readonly ArtistCredit[]): Kind {
  return getStatedKind(formats, artists) ?? getFormatKind(formats);
}

/** The kind that the descriptions name; null if they name none. */
export function getStatedKind(formats: readonly Format[], artists: readonly ArtistCredit[]): Kind | null {
  if (formats.some(isBox)) return "box";
  const words = getMusicDescriptions(formats);
  if (words.some((word) => compilationWords.has(word))) return "compilation";
  const statedKind = words.includes("EP")
    ? "ep"
    : words.some((word) => singleWords.has(word))
      ? "single"
      : null;
  const [first] = artists;
  const isByVarious = first?.id === variousId || /^various( artists)?$/i.test(first?.name ?? "");
  if (statedKind === null && isByVarious) return "compilation";
  if (statedKind !== null) return statedKind;
  if (words.some((word) => albumWords.has(word))) return "album";
  if (formats.some(({ descriptions }) => descriptions.includes("Compilation"))) return "compilation";
  if (formats.some(({ descriptions }) => descriptions.includes("Album"))) return "album";
  return null;
}

const compilationWords = new Set(["Compilation", "Sampler", "Mixed", "Mixtape"]);
const singleWords = new Set(["Single", "Maxi-Single"]);
const albumWords = new Set(["Album", "Mini-Album", "LP"]);
const singleDiscs = new Set(['7"', '12"', '5"', "Jukebox"]);

/** The descriptions of the first format that holds music. */
function getMusicDescriptions(formats: readonly Format[]): readonly string[] {
  return (formats.find(containsMusic) ?? formats[0])?.descriptions ?? [];
}

function isBox({ name }: Format): boolean {
  return name === "Box Set";
}

function containsMusic({ name }: Format): boolean {
  return !containerFormats.has(name);
}

/** The usual kind on such a medium. */
function getFormatKind(formats: readonly Format[]): Kind {
  const discs = formats.filter(containsMusic);
  const isSingleDisc = getMusicDescriptions(formats).some((word) => singleDiscs.has(word));
  if (isSingleDisc || discs[0]?.name === "Flexi-disc" || discs[0]?.name === "Shellac") return "single";
  if (discs.some((format) => albumMedia.has(format.name))) return "album";
  // One file is a song; many files are an album.
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

/** The form in about five characters: LP, 2×LP, 7", CD, Box, Cass, File; "?" without a format. */
export function getReleaseForm(formats: readonly Format[]): string {
  if (formats.some(isBox)) return "Box";
  const first = formats.find(containsMusic) ?? formats[0];
  if (first === undefined) return "?";
  const form = getFormatForm(first);
  // Two LPs may be one format with quantity 2, or two formats.
  const pieces = formats
    .filter((format) => !containerFormats.has(format.name) && getFormatForm(format) === form)
    .reduce((sum, format) => sum + format.quantity, 0);
  return pieces > 1 && first.name !== "File" ? `${pieces}×${form}` : form;
}

function getFormatForm({ name, descriptions }: Format): string {
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
