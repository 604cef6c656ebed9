// The story of a period: what was heard, then what it meant for the shelf. Parts without contents are left out.
import { formatAge, formatDuration, formatLongDay } from "../../../output/format-dates.ts";
import { formatNumber, formatPercent, pluralize } from "../../../output/format-numbers.ts";
import {
  describeEarlierPlays,
  formatHour,
  formatPeriod,
  formatPeriodPhrase,
  nameEarlierPeriod,
  weekdayNames,
} from "../../../output/format-period.ts";
import { emptyMarkup, escapeMarkup, markup, type Markup } from "../../../output/markup.ts";
import type { StoryContents } from "../parts/report-contents.ts";
import { getTone } from "../parts/style.ts";
import { renderColumnPlot } from "../plots/column-plot.ts";
import {
  buildReleaseUrl,
  renderFigures,
  renderList,
  renderStrong,
  toExternalUrl,
  type ListEntry,
  type NamedFigure,
  type Section,
} from "./section.ts";
import { buildStreamSection, renderDays } from "./time-sections.ts";

type Recap = StoryContents["recap"];

/** The entries of the longer lists. */
const maxEntries = 24;

/** The first sentence, with its figures. */
export function renderStoryStart({ recap, question: { filter, nowUts } }: StoryContents): Markup {
  const { plays, previous, heard, listened, destinations, albums, discoveries } = recap;
  const when = formatPeriodPhrase(filter.during ?? recap.span, nowUts);
  if (plays === 0) {
    const logged = recap.loggedPlays;
    return logged === 0
      ? markup`<p class="sentence">${escapeMarkup(`No plays ${when}.`)}</p>`
      : markup`<p class="sentence">${renderStrong(formatNumber(logged), ["logged_plays", logged])}
          ${escapeMarkup(`${logged === 1 ? "play" : "plays"} logged by hand ${when}.`)}</p>`;
  }
  const share = markup` ${renderStrong(formatPercent(destinations.owned, plays))} of what you played is on your shelf.`;
  const figures: readonly (NamedFigure | undefined)[] = [
    previous === null || previous.plays === 0
      ? undefined
      : {
          name: nameEarlierPeriod(recap.unit).toLowerCase(),
          value: formatNumber(previous.plays),
          note: `plays${previous.isCut ? " " : "; "}${describeEarlierPlays(plays, previous)}`,
          source: ["previous.plays", previous.plays],
        },
    {
      name: "artists",
      value: formatNumber(heard.artists),
      note:
        discoveries === null || discoveries.artists === 0
          ? ""
          : `${formatNumber(discoveries.artists)} of them new`,
      source: ["heard.artists", heard.artists],
    },
    {
      name: "albums",
      value: formatNumber(heard.albums),
      note: recap.hasRecords ? `${formatNumber(albums.played)} of them on your shelf` : "",
      source: ["heard.albums", heard.albums],
    },
    { name: "songs", value: formatNumber(heard.songs), note: "", source: ["heard.songs", heard.songs] },
    listened.plays === 0
      ? undefined
      : {
          name: "listening time",
          value: formatDuration(listened.seconds),
          note: `of ${pluralize(listened.plays, "play")} with a known length`,
          source: ["listening_time.seconds", listened.seconds],
        },
    recap.loggedPlays === 0
      ? undefined
      : {
          name: "logged by hand",
          value: formatNumber(recap.loggedPlays),
          note: "plays of records",
          source: ["logged_plays", recap.loggedPlays],
        },
  ];
  return markup`<p class="sentence">${renderStrong(formatNumber(plays), ["plays", plays])}
      ${escapeMarkup(`${plays === 1 ? "play" : "plays"} ${when}.`)}${recap.hasRecords ? share : emptyMarkup}</p>
    ${renderFigures(figures.filter((figure) => figure !== undefined))}`;
}

interface StoryParts {
  readonly wall: Section;
  /** The cover of the most played record; undefined if it is unknown. */
  readonly largeCover: Markup | undefined;
}

export function buildStorySections(contents: StoryContents, { wall, largeCover }: StoryParts): Section[] {
  const { recap, days, stream } = contents;
  return [
    ...(recap.topRecord === null ? [] : [buildRecordSection(recap, recap.topRecord, largeCover)]),
    ...(days.length === 0 ? [] : [buildRhythmSection(contents)]),
    ...(recap.topArtists.length === 0 ? [] : [buildTopSection(recap)]),
    ...(stream.periods.length === 0 || !recap.hasRecords ? [] : [buildStreamSection({ stream })]),
    ...(recap.discoveries === null || recap.discoveries.artists === 0
      ? []
      : [buildDiscoveriesSection(recap.discoveries)]),
    ...(contents.wall.length === 0 ? [] : [buildShelfSection(recap, wall)]),
    ...(recap.comebacks.length === 0 ? [] : [buildComebacksSection(recap)]),
    ...(recap.firstTimes.length === 0 ? [] : [buildFirstTimesSection(recap)]),
    ...(recap.added.records === 0 ? [] : [buildPurchasesSection(recap)]),
    ...(recap.gaps.total === 0 ? [] : [buildMissingSection(recap)]),
  ];
}

/** "The record of the year" */
function buildRecordSection(
  { span, unit }: Recap,
  record: NonNullable<Recap["topRecord"]>,
  cover: Markup | undefined,
): Section {
  const { title, artist, plays, spins, form, addedUts, releaseId } = record;
  const name = markup`<b dir="auto">${escapeMarkup(title)}</b>${escapeMarkup(artist)}`;
  const face = cover === undefined ? name : markup`<img alt="" decoding="async" src="${cover}">`;
  const figures: readonly (NamedFigure | undefined)[] = [
    plays === 0
      ? undefined
      : { name: "plays", value: formatNumber(plays), note: "", source: ["most_played.play_count", plays] },
    spins === null
      ? undefined
      : {
          name: "spins",
          value: formatNumber(spins),
          note: "half the album in one sitting",
          source: ["most_played.spins", spins],
        },
    addedUts === null || addedUts >= span.toUts
      ? undefined
      : {
          name: "on the shelf",
          value: formatAge(addedUts, span.toUts),
          note: `since ${formatLongDay(addedUts)}`,
        },
  ];
  return {
    id: "record",
    navTitle: "Record",
    title: unit === null ? "The most played record" : `The record of the ${unit}`,
    lead: "",
    body: markup`<div class="hero"><a class="sleeve n${getTone(releaseId)}" dir="auto" href="${buildReleaseUrl(releaseId)}">${face}</a>
      <div><p class="name" dir="auto">${escapeMarkup(title)}</p><p class="by" dir="auto">${escapeMarkup(artist)}</p><p class="note">${escapeMarkup(form)}</p>
      ${renderFigures(figures.filter((figure) => figure !== undefined))}</div></div>`,
  };
}

/** Days, weekdays and hours. */
function buildRhythmSection({ recap, days, question: { nowUts } }: StoryContents): Section {
  const { busiestDay, longestRow, rhythm } = recap;
  const busiest = busiestDay ?? { fromUts: 0, plays: 0 };
  const row = longestRow ?? { days: 0, fromUts: 0, lastUts: 0 };
  const weekdays = weekdayNames.map((name, at) => ({
    name: `${name}s`,
    label: name.slice(0, 3),
    plays: rhythm.weekdays[at] ?? 0,
  }));
  const hours = rhythm.hours.map((plays, at) => ({
    name: formatHour(at),
    label: at % 6 === 0 ? String(at) : "",
    plays,
  }));
  return {
    id: "days",
    navTitle: "Days",
    title: "Day by day",
    lead: "",
    body: markup`${renderFigures([
      { name: "days with plays", value: formatNumber(days.length), note: "" },
      {
        name: "busiest day",
        value: formatLongDay(busiest.fromUts),
        note: pluralize(busiest.plays, "play"),
        source: ["busiest_day.plays", busiest.plays],
      },
      {
        name: "longest streak",
        value: pluralize(row.days, "day"),
        note: formatPeriod({ fromUts: row.fromUts, toUts: null }, row.lastUts * 1000),
        source: ["longest_row.days", row.days],
      },
    ])}
    ${renderDays(days, recap.span, nowUts)}
    <div class="pair">${renderColumnPlot({
      id: "weekdays",
      title: "By weekday",
      units: "Plays, in local time",
      unit: "Weekday",
      columns: weekdays,
    })}${
      hours.every(({ plays }) => plays === 0)
        ? emptyMarkup
        : renderColumnPlot({
            id: "hours",
            title: "By hour",
            units: "Plays, in local time",
            unit: "Hour",
            columns: hours,
          })
    }</div>`,
  };
}

function buildTopSection({ topAlbums, topArtists, topSongs, hasRecords }: Recap): Section {
  const describeOwned = (isOwned: boolean): string => (!hasRecords ? "" : isOwned ? "owned" : "not owned");
  const lists: readonly (readonly [string, readonly ListEntry[]])[] = [
    [
      "Albums",
      topAlbums.map(({ title, artist, plays, isOwned, isWanted, url }) => ({
        title,
        artist,
        figure: formatNumber(plays),
        note: describeOwned(isOwned),
        isStarred: isWanted,
        address: toExternalUrl(url),
      })),
    ],
    [
      "Artists",
      topArtists.map(({ artist, plays, ownedRecords }) => ({
        title: artist,
        artist: "",
        figure: formatNumber(plays),
        note: ownedRecords === 0 ? "" : `${pluralize(ownedRecords, "record")} on your shelf`,
        address: undefined,
      })),
    ],
    [
      "Songs",
      topSongs.map(({ title, artist, plays, isOwned }) => ({
        title,
        artist,
        figure: formatNumber(plays),
        note: describeOwned(isOwned),
        address: undefined,
      })),
    ],
  ];
  return {
    id: "top",
    navTitle: "Most played",
    title: "What you played most",
    lead: "",
    body: markup`<div class="columns">${lists.map(([name, entries]) =>
      entries.length === 0
        ? emptyMarkup
        : markup`<article><h3>${escapeMarkup(name)}</h3>${renderList(entries, "plays")}</article>`,
    )}</div>`,
  };
}

function buildDiscoveriesSection({ artists, stayed, rows }: NonNullable<Recap["discoveries"]>): Section {
  return {
    id: "new",
    navTitle: "New artists",
    title: "Heard for the first time",
    lead: "",
    body: markup`${renderFigures([
      {
        name: artists === 1 ? "new artist" : "new artists",
        value: formatNumber(artists),
        note: "",
        source: ["new_artists.artists", artists],
      },
      ...(stayed === 0
        ? []
        : [
            {
              name: "stayed",
              value: formatNumber(stayed),
              note: "played again 30 days later or more",
              source: ["new_artists.stayed", stayed] as const,
            },
          ]),
    ])}${renderList(
      rows.map(({ artist, plays, firstUts, hasStayed }) => ({
        title: artist,
        artist: "",
        figure: formatNumber(plays),
        note: `since ${formatLongDay(firstUts)}${hasStayed ? ", stayed" : ""}`,
        address: undefined,
      })),
      "plays",
    )}`,
  };
}

/** The wall, with the share of the plays that it has. */
function buildShelfSection({ destinations, albums }: Recap, { body, ...wall }: Section): Section {
  const figures: readonly NamedFigure[] = [
    {
      name: "plays at home",
      value: formatNumber(destinations.owned),
      note: "on records of this shelf",
      source: ["on_shelf.owned", destinations.owned],
    },
    {
      name: "plays away",
      value: formatNumber(destinations.notOwned),
      note: "on albums that are not on it",
      source: ["on_shelf.not_owned", destinations.notOwned],
    },
    ...(destinations.noAlbumTag === 0
      ? []
      : [
          {
            name: "plays without an album",
            value: formatNumber(destinations.noAlbumTag),
            note: "",
            source: ["on_shelf.no_album_tag", destinations.noAlbumTag] as const,
          },
        ]),
    {
      name: "albums of yours played",
      value: formatNumber(albums.played),
      note: "",
      source: ["on_shelf.albums", albums.played],
    },
    {
      name: "of them spun",
      value: formatNumber(albums.spun),
      note: "half the album in one sitting",
      source: ["on_shelf.albums_spun", albums.spun],
    },
  ];
  return {
    ...wall,
    navTitle: "Shelf",
    title: "From your shelf",
    body: (function* renderBody() {
      yield renderFigures(figures);
      if (typeof body === "string") yield body;
      else yield* body;
    })(),
  };
}

function buildComebacksSection({ comebacks }: Recap): Section {
  return {
    id: "back",
    navTitle: "Back",
    title: "Back after years",
    lead: `${pluralize(comebacks.length, "album")} that you had not spun for two years or more; the longest sleep first.`,
    body: renderList(
      comebacks.slice(0, maxEntries).map(({ title, artist, releaseId, lastSpinUts, comebackUts, plays }) => ({
        title,
        artist,
        figure: formatAge(lastSpinUts ?? 0, comebackUts ?? 0),
        note: `last spin ${formatLongDay(lastSpinUts ?? 0)}, then ${pluralize(plays, "play")}`,
        address: buildReleaseUrl(releaseId),
      })),
      "since the spin before",
    ),
  };
}

function buildFirstTimesSection({ firstTimes, span }: Recap): Section {
  return {
    id: "first",
    navTitle: "First played",
    title: "Played for the first time",
    lead: `${pluralize(firstTimes.length, "album")} on your shelf that you had never played before.`,
    body: renderList(
      firstTimes.slice(0, maxEntries).map(({ title, artist, releaseId, plays, addedUts }) => ({
        title,
        artist,
        figure: formatNumber(plays),
        note:
          addedUts === null || addedUts >= span.toUts ? "" : `on the shelf since ${formatLongDay(addedUts)}`,
        address: buildReleaseUrl(releaseId),
      })),
      "plays",
    ),
  };
}

function buildPurchasesSection({ added, bestPurchase, sealed, span }: Recap): Section {
  const figures: readonly (NamedFigure | undefined)[] = [
    {
      name: added.records === 1 ? "new record" : "new records",
      value: formatNumber(added.records),
      note: "",
      source: ["new_records.records", added.records],
    },
    {
      name: "played",
      value: formatNumber(added.played),
      note: "until today",
      source: ["new_records.played", added.played],
    },
    bestPurchase === null
      ? undefined
      : {
          name: "best purchase",
          value: pluralize(bestPurchase.plays, "play"),
          note: `${bestPurchase.artist} · ${bestPurchase.title}, since ${formatLongDay(bestPurchase.addedUts ?? span.fromUts)}`,
          source: ["best_purchase.play_count", bestPurchase.plays],
        },
  ];
  const list =
    sealed.rows.length === 0
      ? emptyMarkup
      : markup`<h3>Still sealed</h3>${renderList(
          sealed.rows.map(({ title, artist, releaseId, form, addedUts }) => ({
            title,
            artist,
            figure: form,
            note: addedUts === null ? "" : `since ${formatLongDay(addedUts)}`,
            address: buildReleaseUrl(releaseId),
          })),
          `${formatNumber(sealed.total)} never played`,
        )}`;
  return {
    id: "purchases",
    navTitle: "Purchases",
    title: "New on the shelf",
    lead: "",
    body: markup`${renderFigures(figures.filter((figure) => figure !== undefined))}${list}`,
  };
}

function buildMissingSection({ gaps }: Recap): Section {
  const wanted = gaps.rows.filter(({ isWanted }) => isWanted).length;
  return {
    id: "gaps",
    navTitle: "Gaps",
    title: "Loved, and not on the shelf",
    lead: `${pluralize(gaps.total, "album")} with ten plays or more that you own in no pressing${wanted === 0 ? "" : "; ★ is on your wantlist"}.`,
    body: renderList(
      gaps.rows.map(({ title, artist, plays, isWanted, url }) => ({
        title,
        artist,
        figure: formatNumber(plays),
        isStarred: isWanted,
        address: toExternalUrl(url),
      })),
      "plays",
    ),
  };
}
