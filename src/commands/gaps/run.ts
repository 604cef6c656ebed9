import { resolveAlbums } from "../../actions/resolve-target.ts";
import type { Context } from "../../context.ts";
import type { Field } from "../../output/field.ts";
import { renderLink } from "../../output/terminal.ts";
import { formatNumber } from "../../output/format-numbers.ts";
import { gapOrders, gapsQuery, type GapsResult, type GapRow } from "../../queries/albums/gaps.ts";
import { buildSearchUrl } from "../../sources/search-url.ts";
import { createCopyLookup } from "../../queries/statistics/ownership.ts";
import type { HidingDocument } from "../../queries/documents/decision-documents.ts";
import { getFilterColumns } from "../../queries/filters/record-filter.ts";
import type { ArgumentDeclaration, Invocation, CommandDeclaration } from "../shared/command-declaration.ts";
import { artistField, countField, dayField, idField, titleField } from "../shared/listing/list-fields.ts";
import {
  buildEditionsLegend,
  describeMissingHistory,
  reportLoneNumber,
  describeEmptyList,
  suggestDuringOption,
} from "../shared/listing/list-notices.ts";
import { jsonOption } from "../shared/listing/list-options.ts";
import { formatRange } from "../shared/listing/format-times.ts";
import { buildQueryOptions, runQuery } from "../shared/listing/run-query.ts";
import { joinLines } from "../../output/safe-text.ts";
import { writeJson } from "../../output/json.ts";
import { joinParts, wrapSentence } from "../../output/paragraph.ts";
import { selectHidden, setHidden } from "../../actions/snoozes.ts";
import type { ChartAlbum } from "../../queries/find/find-albums.ts";
import type { Database } from "../../store/file/database.ts";
import { describeUndo } from "../shared/access/undo-hint.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import { runWithPrompts } from "../shared/prompting/prompt-choice.ts";
import type { TableView } from "../../output/present.ts";

const albumsArgument: ArgumentDeclaration = {
  name: "<albums...>",
  help: "ids from the first column, or words from one album's name",
  examples: "a219,a311",
  choices: { source: "album" },
};

const loadHidingForms: CommandDeclaration["json"] = async () => [
  { schema: (await import("../../queries/documents/decision-documents.ts")).hidingSchema },
];

export const declaration: CommandDeclaration = {
  name: "gaps",
  isQuestion: true,
  details: `Lists albums that you play and do not own in any pressing or box. Editions of an album are counted together.
Tracks is how many different tracks you heard, 12 mo the plays of the last 12 months, Own your records by the artist.
Singles are left out unless you ask for them with --kind or --tracks. An album is a single if its name says so, or if you
heard fewer than 4 of its tracks.`,
  json: async () => [{ schema: (await import("../../queries/documents/album-documents.ts")).gapsSchema }],
  arguments: [{ name: "[words...]", help: "only albums with all of these words in artist or title" }],
  options: buildQueryOptions(gapsQuery, { columns: "id,album_name" }),
  examples: [
    ["rewind gaps", "albums with at least 10 plays on at least 4 tracks"],
    ["rewind gaps --during 1y --plays 20..", "albums with 20 plays or more in the last year"],
    ["rewind gaps --kind single", "singles that you play and do not own"],
    ["rewind gaps hide a219", "hide an album from the list"],
    [
      "rewind gaps --json | jq '.data[] | select(.wanted) | .album.album_name'",
      "names of those on your wantlist",
    ],
  ],
  load: async () => runGaps,
  commands: [
    {
      name: "hide",
      summary: "hide albums from the list",
      arguments: [albumsArgument],
      options: [jsonOption],
      json: loadHidingForms,
      examples: [["rewind gaps hide a219,a311", "hide two albums with all their editions"]],
      load: async () => (context, call) => changeHiding(context, call, true),
    },
    {
      name: "unhide",
      summary: "show hidden albums again",
      arguments: [albumsArgument],
      options: [jsonOption],
      json: loadHidingForms,
      examples: [
        ["rewind gaps unhide a219", "show an album again; to list the hidden ones: rewind gaps --hidden"],
      ],
      load: async () => (context, call) => changeHiding(context, call, false),
    },
  ],
};

async function runGaps(context: Context, call: Invocation): Promise<void> {
  reportLoneNumber(context, call.words, "gaps");
  await runQuery(context, call, gapsQuery, { fields: gapFields, table: buildGapsTable });
}

const gapFields: readonly Field<GapRow>[] = [
  idField("id", "a", ({ id }) => id),
  artistField("artist_name", ({ artist }) => artist),
  titleField("album_name", ({ title }) => title, {
    header: "Album",
    suffix: ({ albumIds }) => (albumIds.length > 1 ? ` +${albumIds.length - 1}` : ""),
    paint: (cell, row, { screen }) =>
      renderLink(cell, buildSearchUrl({ artist: row.artist, album: row.title }), screen),
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
    value: ({ shelf }) => shelf.recordIds.length,
    header: "Own",
    cell: ({ shelf, maybeRecordId }) =>
      maybeRecordId !== null
        ? `maybe #${maybeRecordId}`
        : shelf.recordIds.length === 0
          ? ""
          : `${shelf.recordIds.length}${shelf.boxId === null ? "" : "▣"}`,
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
    header: "Page",
    flexible: { share: 3, maxWidth: 200, cut: "wrap" },
    paint: (cell, { url }, { screen }) => renderLink(cell, url, screen),
  },
  { name: "kind", value: ({ kind }) => kind, header: "Kind" },
  { name: "maybe_record_id", value: ({ maybeRecordId }) => maybeRecordId, numeric: true },
];

function buildGapsTable(answer: GapsResult): TableView<GapRow> {
  const { question, total, emptied } = answer;
  return {
    ...selectColumns(answer),
    page: { total, noun: "album", about: describeRules(answer) },
    footer: (isShown) => buildFooter(answer, isShown),
    empty: () =>
      question.hidden
        ? "No hidden album fits."
        : describeEmptyList("album that you play and do not own", emptied(), describeEmptyDefault(answer)) +
          suggestDuringOption(question.filter.words ?? []),
  };
}

function describeEmptyDefault(answer: GapsResult): string {
  const isOfTracks = answer.filter.tracks !== undefined;
  return `No album that you play and do not own has ${describeLimits(answer)}. To list all: rewind gaps --plays 1..${isOfTracks ? " --tracks 1.." : ""}`;
}

/** "10+ plays on 4+ tracks, not owned in any pressing" */
function describeRules(answer: GapsResult): string {
  if (answer.question.hidden) return "hidden by you";
  return joinParts([describeLimits(answer), "not owned in any pressing"], ", ");
}

/** "10+ plays on 4+ tracks" */
function describeLimits({ filter: { plays = [], tracks = [] } }: GapsResult): string {
  const limits = Object.entries({ plays, tracks }).flatMap(([unit, ranges]) =>
    ranges.length === 0 ? [] : [`${ranges.map(formatRange).join(" or ")} ${unit}`],
  );
  return limits.join(" on ");
}

function selectColumns({ history, question, rows }: GapsResult): { names: string[]; requested: string[] } {
  const singles = rows.filter(({ kind }) => kind === "single").length;
  const isMixed = singles > 0 && singles < rows.length;
  const requested = [
    ...getFilterColumns(question.filter),
    gapOrders[question.sort].column,
    // This column alone says that the album may be owned after all.
    ...(rows.some(({ maybeRecordId }) => maybeRecordId !== null) ? ["owned_by_artist"] : []),
  ];
  const names = [
    "id",
    "artist_name",
    "album_name",
    ...(isMixed || requested.includes("kind") ? ["kind"] : []),
    "play_count",
    ...(history === "complete" ? ["tracks", "plays_last_12_months"] : []),
    "last_played",
    "owned_by_artist",
    ...(rows.some(({ isWanted }) => isWanted) ? ["wanted"] : []),
  ];
  return { names, requested };
}

function buildFooter(answer: GapsResult, isShown: (header: string) => boolean): string[][] {
  const { question, rows, history, wanted: wantedAlbums } = answer;
  const box = rows.find(({ shelf }) => shelf.boxId !== null);
  const maybeRecordId = rows.find((row) => row.maybeRecordId !== null)?.maybeRecordId;
  const inBox = rows.filter(({ shelf }) => shelf.boxId !== null && shelf.boxId === box?.shelf.boxId);
  return [
    [
      isShown("Want") && rows.some(({ isWanted }) => isWanted)
        ? `★ on your wantlist (${formatNumber(wantedAlbums)})`
        : "",
      buildEditionsLegend(rows),
      isShown("Own") && rows.some(({ shelf }) => shelf.recordIds.length > 0)
        ? `Own: your records by the artist${box === undefined ? "" : ", ▣ one is a box"}`
        : "",
      isShown("Own") && maybeRecordId !== undefined
        ? `maybe it is your record: rewind explain ${maybeRecordId}`
        : "",
    ],
    [
      box === undefined
        ? ""
        : `In the box #${box.shelf.boxId ?? ""}? rewind link ${box.shelf.boxId ?? ""} --add ${inBox.map(({ id }) => `a${id}`).join(",")}`,
      question.hidden
        ? `Show again: rewind gaps unhide a${rows[0]?.id ?? ""}`
        : `Never show: rewind gaps hide a${rows.at(-1)?.id ?? ""}`,
      history === "complete" && question.filter.during === undefined ? "recent: --during 1y" : "",
    ],
    [describeMissingHistory("Tracks, 12 mo", answer)],
  ];
}

async function changeHiding(
  context: Context,
  { words, asJson }: Invocation,
  isHidden: boolean,
): Promise<void> {
  const { database } = await openMatchedCache(context);
  const { found: albums } = await runWithPrompts(context, { asJson }, (read) =>
    resolveAlbums(
      database,
      read(words.join(" ")),
      isHidden
        ? { idCommand: "rewind gaps", prefer: (found) => selectUnowned(database, found) }
        : { idCommand: "rewind gaps --hidden", prefer: (found) => selectHidden(database, found) },
    ),
  );
  const hiding = setHidden(database, albums, isHidden ? Math.floor(context.clock.now() / 1000) : null);
  const lines = hiding.albums.flatMap((album) => wrapSentence(describeHiding(album), context.screen));
  await (asJson ? writeJson(context, hiding) : context.write(joinLines(lines)));
  const ids = hiding.albums.map(({ id }) => `a${id}`).join(",");
  if (!isHidden) return;
  const getCopies = createCopyLookup(
    database,
    albums.map(({ id }) => id),
  );
  for (const { id, title } of albums) {
    const [copy] = getCopies([id]);
    if (copy !== undefined)
      context.note(`You own ${title} (#${copy.id}), so rewind gaps does not list it now.`);
  }
  context.note(describeUndo(context, `rewind gaps unhide ${ids}`));
}

function selectUnowned(database: Database, albums: readonly ChartAlbum[]): ChartAlbum[] {
  const getCopies = createCopyLookup(
    database,
    albums.map(({ id }) => id),
  );
  return albums.filter(({ id }) => getCopies([id]).length === 0);
}

function describeHiding({
  artist_name: artist,
  album_name: title,
  hidden: isHidden,
  changed: isChanged,
}: HidingDocument["albums"][number]): string {
  const name = `${artist} · ${title}`;
  if (!isChanged) return `${name} was ${isHidden ? "hidden before" : "not hidden"}.`;
  return `${isHidden ? "Hidden" : "Shown again"}: ${name}`;
}
