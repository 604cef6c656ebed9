import type { Context } from "../../context.ts";
import { findNearestChoice, UsageError } from "../../model/errors.ts";
import type { Field } from "../../output/field.ts";
import { renderLink } from "../../output/terminal.ts";
import { pluralize, formatPercent } from "../../output/format-numbers.ts";
import { joinPeriodWords, parsePeriod, tryParsePeriod } from "../../queries/conditions/period.ts";
import { quoteText, quoteForShell } from "../../model/names.ts";
import { parseRecordFilter } from "../../queries/filters/parse-filter.ts";
import { getDistinctForms } from "../../queries/records/json-rows.ts";
import { hasOnlyPlays } from "../../queries/statistics/readiness.ts";
import {
  topQuery,
  topSubjects,
  type TopResult,
  type TopRow,
  type TopSubject,
} from "../../queries/top/top.ts";
import type { CommandDeclaration } from "../shared/command-declaration.ts";
import {
  artistField,
  countField,
  dayField,
  numberField,
  titleField,
  titleWidth,
} from "../shared/listing/list-fields.ts";
import {
  buildEditionsLegend,
  describeMissingHistory,
  reportLoneNumber,
  describeEmptyList,
} from "../shared/listing/list-notices.ts";
import type { Values } from "../../queries/parameters/parameter.ts";
import { buildQueryOptions, runQuery, type QueryInvocation } from "../shared/listing/run-query.ts";
import { formatPeriod } from "../../output/format-period.ts";
import type { TableView } from "../../output/present.ts";

export const declaration: CommandDeclaration = {
  name: "top",
  isQuestion: true,
  details: `Ranks the albums, artists or tracks that you played most; albums unless you say otherwise. Editions of an album
are counted together, and so are remasters of a track. Own shows the formats in which you own it, or else the album's
id for rewind gaps and rewind open. Want marks what is on your wantlist. A logged play counts only as a spin. Various
Artists and the like are not ranked as artists.`,
  json: async () => {
    const { topAlbumsSchema, topArtistsSchema, topTracksSchema } =
      await import("../../queries/documents/play-documents.ts");
    return [
      { schema: topAlbumsSchema },
      { when: "For artists", schema: topArtistsSchema },
      { when: "For tracks", schema: topTracksSchema },
    ];
  },
  arguments: [
    {
      name: "[subject...]",
      help: "what to list, then words to search for or a period",
      choices: { words: topSubjects },
      defaultValue: "albums",
    },
  ],
  options: buildQueryOptions(topQuery, { columns: "artist,play_count" }),
  examples: [
    ["rewind top 2025", "the albums of a year, owned or not"],
    ["rewind top artists --during last-month", "the artists of last month"],
    ["rewind top tracks --not-owned --during 1y", "songs that are on none of your records"],
    ["rewind top --sort spins --during 1y", "the albums that you heard whole"],
  ],
  load: async () => runTop,
};

/** Filters that make no sense for a subject. */
const refusedFilters: Readonly<Record<TopSubject, readonly string[]>> = {
  albums: [],
  artists: ["title", "kind", "wanted"],
  tracks: ["kind", "tracks"],
};

const periodLikePattern = /^(?:(?:this|last|next)-)?(?:day|week|month|quarter|year|decade)s?$/i;

async function runTop(context: Context, call: QueryInvocation): Promise<void> {
  const [subject, words] = splitSubject(call.words);
  const spanText = joinPeriodWords(words);
  await runQuery(context, call, topQuery, {
    adapt(values) {
      const { nowUts } = values;
      refuseOptions(call.options, subject, values["sort"]);
      reportLoneNumber(context, words, words === call.words ? "top" : `top ${subject}`);
      const isSpan =
        call.options.during === undefined &&
        words.length > 0 &&
        tryParsePeriod(spanText, nowUts) !== undefined;
      if (!isSpan)
        return { ...values, what: subject, filter: parseRecordFilter("albums", call.options, words, nowUts) };
      const search = `${subject === "artists" ? "--artist" : "--title"} ${quoteForShell(words.join(" "))}`;
      context.note(
        `rewind: took "${spanText}" as a time (--during ${spanText}). To search for it: ${search}`,
      );
      const filter = parseRecordFilter("albums", { ...call.options, during: spanText }, [], nowUts);
      return { ...values, what: subject, filter };
    },
    noun: subject.slice(0, -1),
    check({ sums }, { nowUts }) {
      if (sums.total > 0) return;
      // Words that look like a time and found nothing: explain the times that rewind can read.
      if (periodLikePattern.test(spanText)) parsePeriod("top", spanText, nowUts);
      const meant = findNearestChoice(words[0] ?? "", topSubjects);
      if (meant === undefined) return;
      context.note(
        `rewind: nothing has the word ${quoteText(words[0] ?? "")}. Did you mean rewind top ${meant}?`,
      );
    },
    fields: fields[subject],
    table: (answer, { database, nowMs }) =>
      buildTopTable(answer, { nowMs, hasRecords: !hasOnlyPlays(database) }),
  });
}

function refuseOptions(options: Values, subject: TopSubject, sort: unknown): void {
  const wrong = refusedFilters[subject].find((name) => options[name] !== undefined);
  if (wrong !== undefined) {
    throw new UsageError(`--${wrong} does not apply to ${subject}`, "To see the options: rewind top --help");
  }
  if (sort === "spins" && subject !== "albums") {
    throw new UsageError(`only albums have spins, not ${subject}`, "Try: rewind top albums --sort spins");
  }
}

function splitSubject(words: readonly string[]): [TopSubject, readonly string[]] {
  const [first = "", ...rest] = words;
  const noun = first.replace(/^songs?$/, "tracks");
  const subject = topSubjects.find((name) => name === noun || name === `${noun}s`);
  return subject === undefined ? ["albums", words] : [subject, rest];
}

/** "LP, CD", "a455" */
function formatOwned({ isOwned, records, album }: TopRow): string {
  if (isOwned) return [...new Set(records.map(({ form }) => form || "yes"))].join(", ") || "yes";
  return album === null ? "" : `a${album.id}`;
}

const formatWanted = ({ isWanted }: TopRow): string => (isWanted ? "★" : "");

const rank: Field<TopRow> = numberField("rank", (row) => row.rank);
const albumId: Field<TopRow> = { name: "album_id", value: ({ album }) => album?.id ?? null, numeric: true };
const artist: Field<TopRow> = artistField("artist", (row) => row.artist);
const plays: Field<TopRow> = countField("play_count", "Plays", (row) => row.plays);
const tracks: Field<TopRow> = countField("tracks", "Tracks", (row) => row.tracks, 3);
const last: Field<TopRow> = dayField("last_played", "Last", (row) => row.lastPlayedUts, 2);

const ownFields: readonly Field<TopRow>[] = [
  {
    name: "owned",
    value: ({ isOwned }) => isOwned,
    header: "Own",
    cell: formatOwned,
    paint: (cell, { isOwned }, { colours }) => (isOwned ? cell : colours.dim(cell)),
  },
  { name: "record_ids", value: ({ records }) => records.map(({ id }) => String(id)) },
  { name: "forms", value: ({ records }) => getDistinctForms(records) },
  {
    name: "wanted",
    value: ({ isWanted }) => isWanted,
    header: "Want",
    cell: formatWanted,
    dropOrder: 4,
    paint: (cell, _, { colours }) => colours.yellow(cell),
  },
];

/**
 * A table has those with a header. The names and their order are a promise to scripts: add new ones at the end.
 */
const fields: Readonly<Record<TopSubject, readonly Field<TopRow>[]>> = {
  albums: [
    rank,
    albumId,
    artist,
    titleField("album_name", ({ title }) => title, {
      header: "Album",
      suffix: ({ albumIds }) => (albumIds.length > 1 ? ` +${albumIds.length - 1}` : ""),
      paint: (cell, { album }, { screen }) => renderLink(cell, album?.url ?? null, screen),
    }),
    plays,
    countField("spins", "Spins", ({ spins }) => spins, 3),
    tracks,
    last,
    ...ownFields,
  ],
  artists: [
    rank,
    artist,
    plays,
    tracks,
    last,
    countField("owned_records", "Own", ({ ownedRecords }) => ownedRecords, 3),
  ],
  tracks: [
    rank,
    albumId,
    artist,
    titleField("track", ({ title }) => title, { header: "Track" }),
    {
      name: "album_name",
      value: ({ album }) => album?.title ?? null,
      header: "From",
      flexible: titleWidth,
      dropOrder: 1,
    },
    plays,
    last,
    ...ownFields,
  ],
};

function buildTopTable(
  answer: TopResult,
  { nowMs, hasRecords }: { readonly nowMs: number; readonly hasRecords: boolean },
): TableView<TopRow> {
  const { question, sums, emptied } = answer;
  const { subject, filter } = question;
  const noun = subject.replace(/s$/, "");
  const hidden = new Set([
    ...(hasRecords ? [] : ["owned", "owned_records"]),
    ...(answer.rows.some(({ isWanted }) => isWanted) ? [] : ["wanted"]),
    ...(subject === "artists" || filter.tracks !== undefined ? [] : ["tracks"]),
  ]);
  return {
    names: fields[subject].flatMap(({ name, header }) =>
      header === undefined || hidden.has(name) ? [] : name,
    ),
    page: {
      total: sums.total,
      noun,
      about: filter.during === undefined ? "of all time" : `from ${formatPeriod(filter.during, nowMs)}`,
    },
    footer: (isShown) => buildFooter(answer, { isShown, hasRecords }),
    empty: () =>
      describeEmptyList(
        noun,
        emptied(),
        filter.during === undefined ? "No plays yet." : "You played nothing in this time.",
      ),
  };
}

function describeOwnership({ question: { subject }, sums }: TopResult): string {
  return subject === "artists"
    ? "Own: your records by the artist"
    : `On records you own: ${formatPercent(sums.ownedPlays, sums.plays)} of ${pluralize(sums.plays, "play")}`;
}

function buildFooter(
  answer: TopResult,
  { isShown, hasRecords }: { readonly isShown: (header: string) => boolean; readonly hasRecords: boolean },
): string[][] {
  const { question, rows } = answer;
  const { subject } = question;
  return [
    [
      hasRecords ? describeOwnership(answer) : "",
      isShown("Want") && rows.some(({ isWanted }) => isWanted) ? "★ on your wantlist" : "",
      subject === "albums" ? buildEditionsLegend(rows) : "",
    ],
    [describeMissingHistory("Spins", answer)],
  ];
}
