// What a recap tells, in lines of three parts: for the screen and for Markdown.
import { age, localDayInWords, monthInWords } from "../../output/dates.ts";
import { counted, thousands } from "../../output/numbers.ts";
import type { RecapAnswer } from "../../queries/time/recap.ts";
import type { RecapRecord } from "../../queries/time/recap-events.ts";

export interface RecapFact {
  /** "" under the one above. */
  readonly label: string;
  readonly what: string;
  readonly remark: string;
  /** What follows the remark where there is room for it. */
  readonly aside?: string;
  /** What to type for more. */
  readonly command?: string;
}

/** So many of a kind are told one by one. */
const mostTold = 3;

export interface RecapShare {
  readonly label: string;
  readonly plays: number;
  readonly share: string;
  readonly remark: string;
}

export function sharesOf({ destinations, plays, albums }: RecapAnswer): RecapShare[] {
  const share = (part: number): string => `${plays === 0 ? 0 : Math.round((100 * part) / plays)}%`;
  const spun = albums.spun === 0 ? "" : `, ${thousands(albums.spun)} of them spun`;
  return [
    {
      label: "on records you own",
      plays: destinations.owned,
      share: share(destinations.owned),
      remark: albums.played === 0 ? "" : `${counted(albums.played, "album")}${spun}`,
    },
    { label: "on others", plays: destinations.notOwned, share: share(destinations.notOwned), remark: "" },
    {
      label: "no album tag",
      plays: destinations.noAlbumTag ?? 0,
      share: share(destinations.noAlbumTag ?? 0),
      remark: "",
    },
  ];
}

function nameOf({ artist, title }: { readonly artist: string; readonly title: string }): string {
  return `${artist} · ${title}`;
}

export function factsOf(answer: RecapAnswer, typedSpan: string): RecapFact[] {
  const { span, notedPlays, added, doubts, gaps } = answer;
  return [
    ...(notedPlays === 0 ? [] : [{ label: "Noted by hand", what: counted(notedPlays, "play"), remark: "" }]),
    ...told("First time ever", answer.firstTimes, (record) => ({
      what: nameOf(record),
      ...shelfRemark(record, span.toUts),
    })),
    ...told("Back after years", answer.comebacks, (record) => ({
      what: nameOf(record),
      ...(record.lastSpinUts === null ? { remark: "" } : dated("last spin", record.lastSpinUts, span.toUts)),
    })),
    ...told(
      "Played, not owned",
      gaps.rows,
      (gap) => ({
        what: nameOf(gap),
        remark: `${counted(gap.plays, "play")}${gap.isWanted ? ", ★ wantlist" : ""}`,
      }),
      { total: gaps.total, command: `rewind gaps --during ${typedSpan}` },
    ),
    ...(added.records === 0
      ? []
      : [
          {
            label: "New on the shelf",
            what: `${counted(added.records, "record")}, ${thousands(added.played)} of them played`,
            remark: "",
            command: `rewind xref --added ${typedSpan}`,
          },
        ]),
    ...(doubts === 0
      ? []
      : [
          {
            label: "To settle",
            what: counted(doubts, "doubtful match", "doubtful matches"),
            remark: "",
            command: "rewind review",
          },
        ]),
  ];
}

type Remark = Pick<RecapFact, "remark" | "aside">;

function shelfRemark({ addedUts }: RecapRecord, nowUts: number): Remark {
  return addedUts === null || addedUts > nowUts
    ? { remark: "" }
    : dated("on the shelf since", addedUts, nowUts);
}

/** "last spin 2 Feb 2026", and how long ago that is. */
function dated(what: string, uts: number, nowUts: number): Remark {
  return { remark: `${what} ${localDayInWords(uts)}`, aside: `, ${age(nowUts - uts)}` };
}

function told<Item>(
  label: string,
  items: readonly Item[],
  tell: (item: Item) => Pick<RecapFact, "what" | "remark" | "aside">,
  { total = items.length, command }: { readonly total?: number; readonly command?: string } = {},
): RecapFact[] {
  const shown = items.slice(0, mostTold).map((item, at) => ({ label: at === 0 ? label : "", ...tell(item) }));
  const rest = total - shown.length;
  if (rest <= 0) return shown;
  const more = { label: "", what: `and ${thousands(rest)} more`, remark: "" };
  return [...shown, command === undefined ? more : { ...more, command }];
}

/** What only a long span is told with. */
export function longFacts({ long }: RecapAnswer): RecapFact[] {
  if (long === null) return [];
  const best = long.months.toSorted((a, b) => b.plays - a.plays)[0];
  const row = long.longestRow;
  return [
    ...(best === undefined || best.plays === 0
      ? []
      : [{ label: "Most in a month", what: monthInWords(best), remark: counted(best.plays, "play") }]),
    ...(row === null
      ? []
      : [
          {
            label: "Longest row of days",
            what: counted(row.days, "day"),
            remark:
              row.days === 1
                ? localDayInWords(row.fromUts)
                : `${localDayInWords(row.fromUts)} to ${localDayInWords(row.lastUts)}`,
          },
        ]),
    ...long.topAlbums.map(({ artist, title, plays, isOwned }, at) => ({
      label: at === 0 ? "Top albums" : "",
      what: `${artist} · ${title ?? ""}`,
      remark: `${counted(plays, "play")}${isOwned ? "" : ", not owned"}`,
    })),
    ...long.topArtists.map(({ artist, plays }, at) => ({
      label: at === 0 ? "Top artists" : "",
      what: artist,
      remark: counted(plays, "play"),
    })),
  ];
}
