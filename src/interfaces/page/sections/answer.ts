// The answer of the search box: yes, maybe or no, then the records, wants and plays that were found.
import {
  describeArtistCollection,
  describeUnknownBarcodes,
  explainMaybe,
} from "../../../output/describe-have.ts";
import { formatLongDay } from "../../../output/format-dates.ts";
import { formatNumber, pluralize } from "../../../output/format-numbers.ts";
import { emptyMarkup, escapeMarkup, markup, type Markup } from "../../../output/markup.ts";
import { joinParts } from "../../../output/paragraph.ts";
import {
  selectShownAlbums,
  type DescribedCopy,
  type HaveResult,
  type OwnedAlbum,
} from "../../../queries/albums/have.ts";
import { computeMaxPlays } from "../../../queries/statistics/same-album.ts";
import { buildReleaseUrl, renderList, type ListEntry } from "./section.ts";

/** A telephone shows this many without scrolling far. */
const maxAlbums = 8;
const maxCopies = 4;

/** null: the collection is not synced yet, so a "no" would be false. */
export function renderAnswer(answer: HaveResult | null): Markup {
  if (answer === null) return markup`<p class="fact">Your records are not known yet. Run: rewind sync</p>`;
  const { verdict } = answer;
  const albums = verdict === "no" ? answer.ownedAlbums : selectShownAlbums(answer);
  const facts =
    verdict === "yes"
      ? []
      : [
          ...listFacts(answer),
          ...(verdict === "no" && albums.length > 0 ? ["These have a part of it:"] : []),
        ];
  const shown = albums.slice(0, maxAlbums);
  const rest = answer.ownedAlbums.filter(
    (album) => !shown.includes(album) && album[0].foundBy !== "bare number",
  ).length;
  return markup`<p class="verdict ${escapeMarkup(verdict)}"><strong>${escapeMarkup(verdict.toUpperCase())}</strong> <span dir="auto">${escapeMarkup(describeVerdict(answer, albums))}</span></p>
    ${facts.map((fact) => markup`<p class="fact" dir="auto">${escapeMarkup(fact)}</p>`)}
    ${
      shown.length === 0
        ? emptyMarkup
        : renderList(
            shown.map((album) => toEntry(answer, album)),
            "plays",
          )
    }
    ${rest > 0 ? markup`<p class="fact"><a href="#wall">${escapeMarkup(`${pluralize(rest, "album")} more with these words`)}</a></p>` : emptyMarkup}`;
}

function describeVerdict(answer: HaveResult, albums: readonly OwnedAlbum[]): string {
  const { verdict, text } = answer;
  if (verdict === "maybe") return explainMaybe(answer);
  if (verdict === "no") return `No record is called "${text}".`;
  const records = albums.flat().length;
  if (albums.length > 1)
    return `You own ${pluralize(records, "record")} of ${pluralize(albums.length, "album")}.`;
  return records === 1 ? "You own it." : `You own ${formatNumber(records)} copies.`;
}

function listFacts(answer: HaveResult): string[] {
  const { playedAlbums, wantedAlbums, byArtist, verdict, didYouMean, recordsWithoutBarcode } = answer;
  const [[album], [want]] = [playedAlbums.filter(({ isOwned }) => !isOwned), wantedAlbums];
  const artist = byArtist === null ? "" : describeArtistCollection(byArtist);
  const suggestions = didYouMean
    .slice(0, 3)
    .map((text) => `"${text}"`)
    .join(" or ");
  return [
    want === undefined
      ? ""
      : `★ On your wantlist: ${want.artist} · ${want.title}${want.addedUts === null ? "" : `, since ${formatLongDay(want.addedUts)}`}`,
    album === undefined
      ? ""
      : `You play it: ${album.artist} · ${album.title}, ${pluralize(album.playCount, "play")}`,
    artist.replace(/^by /, "By "),
    describeUnknownBarcodes(recordsWithoutBarcode).replace(/^the /, "The "),
    verdict === "no" && suggestions !== "" ? `Did you mean ${suggestions}?` : "",
  ].filter((fact) => fact !== "");
}

/** An album, and what each of its copies is. */
function toEntry({ describe }: HaveResult, album: OwnedAlbum): ListEntry {
  const copies = [...describe(album.slice(0, maxCopies))].map(describeCopy);
  const more = album.length - copies.length;
  return {
    title: album[0].title,
    artist: album[0].artist,
    figure: formatNumber(computeMaxPlays(album)),
    note: joinParts([...copies, more > 0 ? `${formatNumber(more)} more` : ""], "; "),
    address: buildReleaseUrl(album[0].releaseId),
  };
}

/** "LP, 1973, United Artists UAS 29 505, folder Krautrock" */
function describeCopy({ form, year, label, catalogNumber, folder }: DescribedCopy): string {
  return joinParts(
    [
      form,
      String(year ?? ""),
      joinParts([label ?? "", catalogNumber ?? ""], " "),
      folder === null ? "" : `folder ${folder}`,
    ],
    ", ",
  );
}
