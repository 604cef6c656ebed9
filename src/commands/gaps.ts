import type { Context } from "../context.ts";
import { coloursFor, type Colours } from "../output/colour.ts";
import { localDay } from "../output/dates.ts";
import { printable } from "../output/escape.ts";
import { footLines } from "../output/foot.ts";
import { gapColumns, type GapLine } from "../output/gap-table.ts";
import { jsonText } from "../output/json.ts";
import { writeListing, type Field } from "../output/listing.ts";
import { counted, thousands } from "../output/numbers.ts";
import { plainLayout, tableLines } from "../output/table.ts";
import { contractPagination, isoSeconds } from "../queries/contract.ts";
import type { Paging } from "../queries/cross-reference.ts";
import { readFilter } from "../queries/filter-options.ts";
import { findGaps, withShelves, type GapQuestion, type Gaps } from "../queries/gaps.ts";
import type { GapSort } from "../queries/gap-sort.ts";
import { parseRange, type Range } from "../queries/range.ts";
import { historyState, requireHistory, type HistoryState } from "../queries/readiness.ts";
import { parseSpan } from "../queries/span.ts";
import { openAnswers } from "./answers.ts";
import type { Call } from "./call.ts";
import { readListingOptions } from "./listing-options.ts";
import { spanInWords } from "./span-text.ts";

type Row = ReturnType<typeof withShelves>[number];

/** Fewer plays, or plays of fewer tracks: a song on a playlist, not an album that one would buy. */
const leastPlays = 10;
const leastTracks = 4;

export async function runGaps(context: Context, call: Call): Promise<void> {
  const { as, safeCsv, paging } = readListingOptions(call.options, context.screen);
  const read = questionReader(context, call);
  const { database, published } = await openAnswers(context);
  const history = historyState(published);
  const question = read(history);
  if (question.during !== null) requireHistory(published, "--during");
  if (question.tracks.length > 0 && call.options["tracks"] !== undefined)
    requireHistory(published, "--tracks");
  const found = findGaps(database, question);
  const page =
    paging === null
      ? found.gaps
      : found.gaps.slice((paging.page - 1) * paging.limit, paging.page * paging.limit);
  const rows = withShelves(database, page);
  if (as === "json") {
    const document = gapsJson(rows, found, paging);
    return context.write(jsonText(document, { indent: context.screen.isTerminal }));
  }
  if (as !== "table") return writeListing(context, fields, rows, { as, safeCsv });
  const answer: Answer = { question, found, rows, paging, history };
  return context.screen.isTerminal ? writeTable(context, answer) : writePlain(context, answer);
}

/** Everything that was typed is checked before the cache is opened. */
function questionReader(
  context: Context,
  { arguments: [words], options }: Call,
): (history: HistoryState) => GapQuestion {
  const nowUts = Math.floor(context.clock.now() / 1000);
  const filter = readFilter(options, words, nowUts);
  const { sort, reverse, hidden, tracks } = options as {
    sort?: GapSort;
    reverse?: true;
    hidden?: true;
    tracks?: readonly string[];
  };
  const anyNumber = hidden === true;
  const given = tracks?.map((text): Range => parseRange("--tracks", text));
  const recentFromUts = parseSpan("12 months", "1y", nowUts).fromUts;
  return (history) => ({
    words: filter.words ?? [],
    artist: filter.artist ?? [],
    title: filter.title ?? [],
    plays: filter.plays ?? (anyNumber ? [] : [{ least: leastPlays, most: null }]),
    tracks: given ?? (anyNumber || history !== "complete" ? [] : [{ least: leastTracks, most: null }]),
    played: filter.played ?? [],
    during: filter.during ?? null,
    hidden: hidden === true,
    sort: sort ?? "plays",
    reverse: reverse === true,
    recentFromUts: history === "complete" ? recentFromUts : null,
  });
}

interface Answer {
  readonly question: GapQuestion;
  readonly found: Gaps;
  readonly rows: readonly Row[];
  readonly paging: Paging | null;
  readonly history: HistoryState;
}

function gapsJson(rows: readonly Row[], { gaps }: Gaps, paging: Paging | null): Record<string, unknown> {
  return {
    data: rows.map((row) => ({
      album: {
        id: row.id,
        album_name: row.title,
        artist_name: row.artist,
        play_count: row.plays,
        last_played: row.lastPlayedUts === null ? null : isoSeconds(row.lastPlayedUts),
        url: row.url,
      },
      editions: row.editions.length,
      tracks: row.tracks,
      plays_last_12_months: row.recentPlays,
      wanted: row.isWanted,
      owned_by_artist: row.shelf.records,
      box_by_artist: row.shelf.boxId !== null,
    })),
    summary: {
      total: gaps.length,
      wanted: gaps.filter(({ isWanted }) => isWanted).length,
      plays: gaps.reduce((sum, { plays }) => sum + plays, 0),
    },
    pagination: contractPagination(paging, gaps.length),
  };
}

const fields: readonly Field<Row>[] = [
  { name: "id", value: ({ id }) => id, figures: true },
  { name: "artist", value: ({ artist }) => artist },
  { name: "title", value: ({ title }) => title },
  { name: "plays", value: ({ plays }) => plays, figures: true },
  { name: "editions", value: ({ editions }) => editions.length, figures: true },
  { name: "tracks", value: ({ tracks }) => tracks, figures: true },
  { name: "plays_last_12_months", value: ({ recentPlays }) => recentPlays, figures: true },
  {
    name: "last_played",
    value: ({ lastPlayedUts }) => (lastPlayedUts === null ? null : isoSeconds(lastPlayedUts)),
  },
  { name: "wanted", value: ({ isWanted }) => isWanted },
  { name: "owned_by_artist", value: ({ shelf }) => shelf.records, figures: true },
  { name: "box_by_artist", value: ({ shelf }) => shelf.boxId !== null },
  { name: "url", value: ({ url }) => url },
];

function lineOf(row: Row): GapLine {
  return {
    ...row,
    editions: row.editions.length,
    last: row.lastPlayedUts === null ? "" : localDay(row.lastPlayedUts),
    owned: row.shelf.records,
    hasBox: row.shelf.boxId !== null,
  };
}

async function writePlain(context: Context, { rows, history }: Answer): Promise<void> {
  const colours = await coloursFor({ colourLevel: 0 });
  const columns = gapColumns({ colours, screen: context.screen, withHistory: history === "complete" });
  const layout = plainLayout(columns, context.screen);
  const lines = rows.map(lineOf);
  for (const line of lines) layout.measure(line);
  for (const line of lines) await context.write(`${layout.line(line)}\n`);
}

async function writeTable(context: Context, answer: Answer): Promise<void> {
  const { screen } = context;
  const { rows, history } = answer;
  if (rows.length === 0) return context.write(`${emptyText(answer)}\n`);
  const colours: Colours = await coloursFor(screen);
  const columns = gapColumns({ colours, screen, withHistory: history === "complete" });
  const table = tableLines(columns, rows.map(lineOf), screen);
  const foot = footLines(footOf(context, answer), screen).map(colours.dim);
  await context.write(`${[...table, "", ...foot].join("\n")}\n`);
}

function emptyText({ question, found, paging }: Answer): string {
  if (found.gaps.length > 0 && paging !== null) {
    const pages = Math.ceil(found.gaps.length / paging.limit);
    return `Page ${thousands(paging.page)} is past the end: ${counted(found.gaps.length, "album")} on ${counted(pages, "page")}.`;
  }
  if (question.hidden) return "No album is hidden that would be listed here.";
  if (found.most === undefined) return "No album that you play and do not own is left by this filter.";
  const { artist, title, plays } = found.most;
  const least = question.plays[0]?.least ?? null;
  const most = `the most is ${thousands(plays)} (${printable(artist)} · ${printable(title)})`;
  return least !== null && plays < least
    ? `No album that you do not own has ${thousands(least)} plays or more; ${most}.`
    : `No album that you do not own is left by this filter; of all plays, ${most}.`;
}

function footOf(context: Context, { question, found, rows, paging, history }: Answer): string[][] {
  const total = found.gaps.length;
  const pages = paging === null ? 1 : Math.ceil(total / paging.limit);
  const page = paging?.page ?? 1;
  const what = question.hidden ? "hidden by you" : `${rulesInWords(question)}not owned in any pressing`;
  const wanted = found.gaps.filter(({ isWanted }) => isWanted).length;
  const boxed = rows.find(({ shelf }) => shelf.boxId !== null);
  const [first] = rows;
  return [
    [
      pages === 1
        ? counted(total, "album")
        : `Page ${thousands(page)} of ${thousands(pages)} (${thousands(rows.length)} of ${counted(total, "album")})`,
      what,
      page < pages ? `--page ${page + 1}` : "",
    ],
    [
      wanted > 0 ? `★ on your wantlist (${thousands(wanted)})` : "",
      rows.some(({ editions }) => editions.length > 1) ? "+2 editions added up" : "",
      rows.some(({ shelf }) => shelf.records > 0) ? "Own: your records by the artist" : "",
      boxed === undefined ? "" : "▣ one is a box",
      question.during === null ? "" : `Plays: from ${spanInWords(question.during, context.clock.now())}`,
    ],
    [
      boxed === undefined ? "" : `In the box? rewind link ${boxed.shelf.boxId ?? ""} --add a${boxed.id}`,
      question.hidden
        ? `Show again: rewind gaps unhide a${first?.id ?? ""}`
        : `Never show: rewind gaps hide a${rows.at(-1)?.id ?? ""}`,
      history === "complete" && question.during === null ? "recent: --during 1y" : "",
    ],
    history === "complete"
      ? []
      : [
          history === "hidden"
            ? "Tracks, 12 mo: unknown, the listening history is hidden on Last.fm"
            : "Tracks, 12 mo: not known yet, the listening history is still to come: rewind sync",
        ],
  ];
}

/** "10+ plays on 4+ tracks, " */
function rulesInWords({ plays, tracks }: GapQuestion): string {
  const playsText = plays.map(rangeInWords).join(" or ");
  const tracksText = tracks.map(rangeInWords).join(" or ");
  if (playsText === "" && tracksText === "") return "";
  if (tracksText === "") return `${playsText} plays, `;
  return playsText === "" ? `${tracksText} tracks, ` : `${playsText} plays on ${tracksText} tracks, `;
}

function rangeInWords({ least, most }: Range): string {
  if (most === null) return `${thousands(least ?? 0)}+`;
  return least === most ? thousands(most) : `${thousands(least ?? 0)} to ${thousands(most)}`;
}
