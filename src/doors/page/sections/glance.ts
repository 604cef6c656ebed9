// The shelf at a glance: one sentence, and the figures that it rests on.
import { localDayInWords } from "../../../output/dates.ts";
import { counted, percent, thousands } from "../../../output/numbers.ts";
import type { ReportContents } from "../parts/contents.ts";
import { markup, nothing, text, type Markup } from "../../../output/markup.ts";

export function glance({ stats, gaps }: ReportContents): Markup {
  const { shelf, albums, plays, scrobbles, spun, firstScrobbleUts, span } = stats;
  const all = plays.owned + plays.notOwned + (plays.noAlbumTag ?? 0);
  const played = markup`${strong(thousands(shelf.scrobbled))}
  ${text(span === null ? "have been played" : "were played in this time")}`;
  const since =
    scrobbles === null || scrobbles === 0
      ? nothing
      : markup` ${strong(thousands(scrobbles))}
        ${text(`${scrobbles === 1 ? "play" : "plays"}${firstScrobbleUts === null ? "" : ` since ${localDayInWords(firstScrobbleUts)}`}`)},
        ${strong(percent(plays.owned, all))} of them on this shelf.`;
  const figures: readonly (readonly [string, string, string])[] = [
    [percent(shelf.scrobbled, shelf.records), "played", `of ${counted(shelf.records, "record")}`],
    [thousands(albums), "albums", "copies and editions counted once"],
    ...(spun === null ? [] : [[thousands(spun), "spun", "half the album in one sitting"] as const]),
    [thousands(plays.owned), "plays at home", "on records of this shelf"],
    [thousands(plays.notOwned), "plays away", "on albums that are not on it"],
    [thousands(gaps.total), "gaps", "albums much played and not owned"],
  ];
  return markup`<p class="sentence">
      ${strong(thousands(shelf.records))} ${text(shelf.records === 1 ? "record" : "records")}, of which
      ${played}.${since}
    </p>
    <dl class="figures">
      ${figures.map(
        ([value, name, note]) =>
          markup`<div>
            <dt>${text(name)}</dt>
            <dd><strong>${text(value)}</strong><small>${text(note)}</small></dd>
          </div>`,
      )}
    </dl> `;
}

function strong(value: string): Markup {
  return markup`<strong>${text(value)}</strong>`;
}
