import type { Context } from "../../context.ts";
import { namedColumns, type Column, type Field } from "../../output/field.ts";
import { linkText, type TerminalStyle } from "../../output/screen.ts";
import { thousands } from "../../output/number-text.ts";
import type { Shown, TableView } from "../../output/present.ts";
import {
  gapOrders,
  type GapSort,
  ask,
  document,
  type GapsAnswer,
  type GapQuestion,
  type ShelvedGap,
} from "../../queries/albums/gaps.ts";
import type { Range } from "../../queries/conditions/range.ts";
import { readFilter } from "../../queries/filters/read-filter.ts";
import { columnsOfFilter } from "../../queries/filters/record-filter.ts";
import type { Call } from "../shared/declaration.ts";
import { artistField, countField, dayField, idField, titleField } from "../shared/listing/list-fields.ts";
import { historyNote, nextPage, nothingLeft, shownInWords, timeHint } from "../shared/listing/page-footer.ts";
import { markInsideNames, runListing } from "../shared/listing/run-listing.ts";
import { spanInWords } from "../shared/listing/times-in-words.ts";
import { linesText } from "../../output/escape.ts";
import { writeJson } from "../../output/json.ts";
import { sentence } from "../../output/paragraph.ts";
import type { ChartAlbum } from "../../queries/find/find-albums.ts";
import { hidingDocument, hideAlbums, unhideAlbums, type HidingChange } from "../../decisions/snoozes.ts";
import type { Database } from "../../store/file/database.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import { sureAlbums } from "../shared/choosing/sure-choice.ts";

export async function runGaps(context: Context, call: Call): Promise<void> {
  await runListing(context, call, ({ options, words, paging, isReversed, nowMs, nowUts }) => {
    const { sort = "plays", hidden = false } = options as { sort?: GapSort; hidden?: true };
    const filter = readFilter("albums", call.options, words, nowUts);
    return {
      ask: (database) => {
        const answer = ask(database, { filter, sort, reverse: isReversed, hidden, paging, nowUts });
        markInsideNames(context, "album", answer.rows, filter);
        return answer;
      },
      document,
      fields: gapFields,
      rows: ({ rows }) => rows,
      table: (answer) => gapsTable(answer, nowMs),
    };
  });
}

/** The names and their order are a promise to scripts: add new ones at the end. */
const gapFields: readonly Field<ShelvedGap>[] = [
  idField("id", "a", ({ id }) => id),
  artistField("artist_name", ({ artist }) => artist),
  titleField("album_name", ({ title }) => title, {
    header: "Album",
    suffix: ({ albumIds }) => (albumIds.length > 1 ? ` +${albumIds.length - 1}` : ""),
    paint: (cell, row, { screen }) => linkText(cell, searchUrl(row), screen),
  }),
  countField("play_count", "Plays", ({ plays }) => plays),
  countField("editions", "Editions", ({ albumIds }) => albumIds.length),
  countField("tracks", "Tracks", ({ tracks }) => tracks, 3),
  countField("plays_last_12_months", "12 mo", ({ recentPlays }) => recentPlays, 2),
  dayField("last_played", "Last", ({ lastPlayedUts }) => lastPlayedUts),
  {
    name: "wanted",
    value: ({ isWanted }) => isWanted,
    header: "Want",
    cell: ({ isWanted }) => (isWanted ? "★" : ""),
    dropOrder: 4,
    paint: (cell, _, { colours }) => colours.yellow(cell),
  },
  {
    name: "owned_by_artist",
    value: ({ shelf }) => shelf.records,
    header: "Own",
    cell: ({ shelf }) => (shelf.records === 0 ? "" : `${shelf.records}${shelf.boxId === null ? "" : "▣"}`),
    dropOrder: 1,
  },
  {
    name: "box_by_artist",
    value: ({ shelf }) => shelf.boxId !== null,
    header: "Box",
    cell: ({ shelf }) => (shelf.boxId === null ? "" : `#${shelf.boxId}`),
  },
  {
    name: "url",
    value: ({ url }) => url,
    header: "Last.fm",
    flexible: { share: 3, maxWidth: 200, cut: "wrap" },
    paint: (cell, { url }, { screen }) => linkText(cell, url, screen),
  },
  { name: "kind", value: ({ kind }) => kind, header: "Kind" },
];

/** Discogs has album pages only by number, so this is a search. */
function searchUrl({ artist, title }: ShelvedGap): string {
  return `https://www.discogs.com/search/?type=master&q=${encodeURIComponent(`${artist} ${title}`)}`;
}

function gapsTable(answer: GapsAnswer, nowMs: number): TableView<ShelvedGap> {
  const { rows, paging, total } = answer;
  return {
    columns: (style) => columnsOf(style, answer),
    lines: rows,
    footer: (page) => footerOf(answer, page, nowMs),
    empty: () => emptyText(answer),
    place: () => ({ paging, total, noun: "album" }),
  };
}

function columnsOf(
  style: TerminalStyle,
  { history, asked: typedFilter, question, rows }: GapsAnswer,
): Column<ShelvedGap>[] {
  const requested = [...columnsOfFilter(typedFilter), gapOrders[question.sort].column];
  const singles = rows.filter(({ kind }) => kind === "single").length;
  const isMixed = singles > 0 && singles < rows.length;
  const names = [
    "id",
    "artist_name",
    "album_name",
    ...(isMixed || requested.includes("kind") ? ["kind"] : []),
    "play_count",
    ...(history === "complete" ? ["tracks", "plays_last_12_months"] : []),
    "last_played",
    "owned_by_artist",
    "wanted",
  ];
  return namedColumns(gapFields, style, { names, requested });
}

function emptyText({ question, emptied }: GapsAnswer): string {
  if (question.hidden) return "No hidden album fits.";
  const { words = [] } = question;
  return `${nothingLeft("album that you play and do not own", emptied())}${timeHint(words)}`;
}

function footerOf(answer: GapsAnswer, { hasKeys, headers }: Shown<ShelvedGap>, nowMs: number): string[][] {
  const { question, rows, paging, history, total, wanted: wantedAlbums } = answer;
  const what = question.hidden ? "hidden by you" : `${rulesInWords(question)}not owned in any pressing`;
  const hasOwn = headers.includes("Own") && rows.some(({ shelf }) => shelf.records > 0);
  const boxed = rows.find(({ shelf }) => shelf.boxId !== null);
  const hiding = question.hidden
    ? `Show again: rewind gaps unhide a${rows[0]?.id ?? ""}`
    : `Never show: rewind gaps hide a${rows.at(-1)?.id ?? ""}`;
  return [
    [shownInWords(paging, { rowCount: rows.length, total, noun: "album" }), what, nextPage(paging, total)],
    [
      wantedAlbums > 0 && headers.includes("Want") ? `★ on your wantlist (${thousands(wantedAlbums)})` : "",
      rows.some(({ albumIds }) => albumIds.length > 1) ? "+2: with two more editions" : "",
      hasOwn ? "Own: your records by the artist" : "",
      boxed !== undefined && hasOwn ? "▣ one is a box" : "",
      question.during === null ? "" : `Plays: from ${spanInWords(question.during, nowMs)}`,
    ],
    [
      boxed === undefined || !hasKeys
        ? ""
        : `In the box #${boxed.shelf.boxId ?? ""}? rewind link ${boxed.shelf.boxId ?? ""} --add a${boxed.id}`,
      hasKeys ? hiding : "",
      history === "complete" && question.during === null ? "recent: --during 1y" : "",
      question.albumKind?.includes("single") === false ? "singles: --kind single" : "",
    ],
    [historyNote("Tracks, 12 mo", answer)],
  ];
}

/** "10+ plays on 4+ tracks, " */
function rulesInWords({ plays = [], tracks = [] }: GapQuestion): string {
  const rules = (
    [
      [plays, "plays"],
      [tracks, "tracks"],
    ] as const
  ).flatMap(([ranges, noun]) =>
    ranges.length === 0 ? [] : [`${ranges.map(rangeInWords).join(" or ")} ${noun}`],
  );
  return rules.length === 0 ? "" : `${rules.join(" on ")}, `;
}

function rangeInWords({ least, most }: Range): string {
  if (most === null) return `${thousands(least ?? 0)}+`;
  return least === most ? thousands(most) : `${thousands(least ?? 0)} to ${thousands(most)}`;
}

export async function runGapsHide(context: Context, call: Call): Promise<void> {
  const nowUts = Math.floor(context.clock.now() / 1000);
  const changes = await changeHiding(context, call, {
    change: (database, albums) => hideAlbums(database, albums, nowUts),
    wordFor: ({ wasHidden }) => (wasHidden ? "Already hidden" : "Hidden"),
  });
  const ids = changes.map(({ album }) => `a${album.id}`).join(",");
  context.note(`To show again: rewind gaps unhide ${ids}`);
}

export async function runGapsUnhide(context: Context, call: Call): Promise<void> {
  await changeHiding(context, call, {
    change: unhideAlbums,
    wordFor: ({ wasHidden }) => (wasHidden ? "Shown again" : "Was not hidden"),
  });
}

interface Hiding {
  readonly change: (database: Database, albums: readonly ChartAlbum[]) => HidingChange[];
  readonly wordFor: (change: HidingChange) => string;
}

async function changeHiding(
  context: Context,
  { arguments: [words], options }: Call,
  { change, wordFor }: Hiding,
): Promise<HidingChange[]> {
  const { database } = await openMatchedAnswers(context);
  const asJson = options["json"] === true;
  const albums = await sureAlbums(context, database, (words as readonly string[]).join(" "), { asJson });
  const changes = change(database, albums);
  const lines = changes.flatMap((each) =>
    sentence(`${wordFor(each)}: ${each.album.artist} · ${each.album.title}`, context.screen),
  );
  await (asJson ? writeJson(context, hidingDocument(changes)) : context.write(linesText(lines)));
  return changes;
}
