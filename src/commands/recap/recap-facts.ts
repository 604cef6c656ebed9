// The lines of a recap, for the screen and for Markdown.
import { age, localDayInWords, monthInWords } from "../../output/dates.ts";
import { counted, thousands } from "../../output/number-text.ts";
import type { RecapAnswer } from "../../queries/time/recap.ts";
import { spanInWords } from "../shared/listing/times-in-words.ts";

export interface RecapFact {
  /** "" if the fact belongs to the label above. */
  readonly label: string;
  readonly what: string;
  readonly remark?: string;
  /** ", 39 days": how long before the end of the span it was. */
  readonly age?: string;
  /** A command that shows more. */
  readonly command?: string;
}

/** Items listed under one label; the others are counted. */
const mostItems = 3;

export interface RecapShare {
  readonly label: string;
  readonly plays: number;
  readonly share: string;
  readonly remark: string;
}

export function sharesOf({ destinations, plays, albums }: RecapAnswer): RecapShare[] {
  const shareOf = (label: string, part: number, remark = ""): RecapShare => ({
    label,
    plays: part,
    share: `${plays === 0 ? 0 : Math.round((100 * part) / plays)}%`,
    remark,
  });
  const spun = albums.spun === 0 ? "" : `, ${thousands(albums.spun)} of them spun`;
  return [
    shareOf(
      "on records you own",
      destinations.owned,
      albums.played === 0 ? "" : `${counted(albums.played, "album")}${spun}`,
    ),
    shareOf("on others", destinations.notOwned),
    shareOf("no album tag", destinations.noAlbumTag ?? 0),
  ];
}

function nameOf({ artist, title }: { readonly artist: string; readonly title: string }): string {
  return `${artist} · ${title}`;
}

export function factsOf(answer: RecapAnswer, typedSpan: string): RecapFact[] {
  const { span, notedPlays, added: newRecords, doubts, gaps } = answer;
  const dated = (what: string, uts: number | null): Pick<RecapFact, "remark" | "age"> =>
    uts === null || uts > span.toUts
      ? {}
      : { remark: `${what} ${localDayInWords(uts)}`, age: `, ${age(span.toUts - uts)}` };
  const logged = { label: "Logged by hand", what: counted(notedPlays, "play") };
  const groups = [
    itemFacts("First time ever", answer.firstTimes, (record) => ({
      what: nameOf(record),
      ...dated("on the shelf since", record.addedUts),
    })),
    itemFacts("Back after years", answer.comebacks, (record) => ({
      what: nameOf(record),
      ...dated("last spin", record.lastSpinUts),
    })),
    itemFacts(
      "Played, not owned",
      gaps.rows,
      (gap) => ({
        what: nameOf(gap),
        remark: `${counted(gap.plays, "play")}${gap.isWanted ? ", ★ wantlist" : ""}`,
      }),
      { total: gaps.total, command: `rewind gaps --during ${typedSpan}` },
    ),
  ];
  const onShelf = {
    label: "New on the shelf",
    what: `${counted(newRecords.records, "record")}, ${thousands(newRecords.played)} of them played`,
    command: `rewind xref --added ${typedSpan}`,
  };
  const toSettle = counted(doubts, "doubtful match", "doubtful matches");
  return [
    ...(notedPlays === 0 ? [] : [logged]),
    ...groups.flat(),
    ...(newRecords.records === 0 ? [] : [onShelf]),
    ...(doubts === 0 ? [] : [{ label: "To settle", what: toSettle, command: "rewind review" }]),
  ];
}

function itemFacts<Item>(
  label: string,
  items: readonly Item[],
  factOf: (item: Item) => Omit<RecapFact, "label">,
  { total = items.length, command }: { readonly total?: number; readonly command?: string } = {},
): RecapFact[] {
  const facts = items
    .slice(0, mostItems)
    .map((item, at) => ({ label: at === 0 ? label : "", ...factOf(item) }));
  const rest = total - facts.length;
  if (rest <= 0) return facts;
  const more = { label: "", what: `and ${thousands(rest)} more` };
  return [...facts, command === undefined ? more : { ...more, command }];
}

/** Facts that only a long span has. */
export function longFacts({ long }: RecapAnswer): RecapFact[] {
  if (long === null) return [];
  const best = long.months
    .filter(({ plays }) => plays > 0)
    .toSorted((a, b) => b.plays - a.plays)
    .slice(0, 1);
  const streaks = long.longestRow === null ? [] : [long.longestRow];
  return [
    ...best.map(({ fromUts, plays }) => {
      return { label: "Most in a month", what: monthInWords(fromUts), remark: counted(plays, "play") };
    }),
    ...streaks.map(({ days, fromUts, lastUts }) => ({
      label: "Longest streak",
      what: counted(days, "day"),
      remark: spanInWords({ fromUts, toUts: null }, lastUts * 1000),
    })),
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
