// Says why an answer about a record is not certain, and what else is on the shelf by its artist.
import { formatNumber, pluralize } from "./format-numbers.ts";
import { joinParts } from "./paragraph.ts";

interface UncertainAnswer {
  readonly text: string;
  readonly ownedAlbums: readonly (readonly { readonly foundBy: string }[])[];
  readonly didYouMean: readonly string[];
  readonly leftOver: readonly string[];
}

export function explainMaybe({ text, ownedAlbums, didYouMean, leftOver }: UncertainAnswer): string {
  const [foundBy] = ownedAlbums.flat().map((copy) => copy.foundBy);
  if (foundBy === "bare number") return `${text} is a number in your collection. No title is "${text}".`;
  if (foundBy === "words") return `"${text}" is the title of an album that you don't own.`;
  if (foundBy === "beginning") return `No record has "${text}" as whole words.`;
  const [readAs] = didYouMean;
  return leftOver.length > 0
    ? `No record has all of "${text}". Left out: ${leftOver.join(", ")}`
    : `No record has "${text}". Read as "${readAs ?? text}".`;
}

interface ArtistCollection {
  readonly artist: string;
  readonly records: readonly {
    readonly title: string;
    readonly form: string;
    readonly year: number | null;
  }[];
}

const maxShownByArtist = 3;

/** "by D'Angelo you own 1: Brown Sugar (2×LP, 2015)" */
export function describeArtistCollection({ artist, records }: ArtistCollection): string {
  const titles = records.slice(0, maxShownByArtist).map(({ title, form, year }) => {
    const facts = joinParts([form, String(year ?? "")], ", ");
    return facts === "" ? title : `${title} (${facts})`;
  });
  const rest = records.length > titles.length ? " …" : "";
  return `by ${artist} you own ${formatNumber(records.length)}: ${titles.join(", ")}${rest}`;
}

/** "" if no barcode was asked for. */
export function describeUnknownBarcodes(records: number): string {
  return records === 0
    ? ""
    : `the barcode of ${pluralize(records, "record")} is not known: rewind sync --musicbrainz`;
}
