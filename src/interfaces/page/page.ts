// The whole page: one file that loads nothing else.
import { type AlmanacContents, type ReportContents, readReportContents } from "./parts/report-contents.ts";
import { renderDocumentEnd, renderDocumentStart, buildContentPolicy } from "./parts/document.ts";
import {
  renderSearchBox,
  renderWallControls,
  searchScript,
  type PageSearch,
  pagePolicy,
} from "./parts/search-form.ts";
import type { PageCovers } from "./parts/page-covers.ts";
import { renderSection, type Section } from "./sections/section.ts";
import {
  buildBoughtSection,
  buildDecadesSection,
  renderGlance,
  buildValueSection,
} from "./sections/collection-sections.ts";
import { buildDustySection, buildGapsSection, buildNeverSection } from "./sections/list-sections.ts";
import { buildStorySections, renderStoryStart } from "./sections/story-sections.ts";
import { buildDaysSection, buildStreamSection, buildTopAlbumsByYear } from "./sections/time-sections.ts";
import { buildWallSection } from "./sections/wall.ts";
import { renderAnswer } from "./sections/answer.ts";
import { formatLongDay } from "../../output/format-dates.ts";
import { formatPeriodPhrase } from "../../output/format-period.ts";
import { markup, emptyMarkup, escapeMarkup, type Markup } from "../../output/markup.ts";
import { joinParts } from "../../output/paragraph.ts";
import { describeMergedSources, describeStopped } from "../../output/describe-sources.ts";
import { queryHave } from "../../queries/albums/have.ts";
import { hasCollection } from "../../queries/statistics/readiness.ts";
import { dimensions } from "../../queries/statistics/stats-by-dimension.ts";
import { parseRecordFilter } from "../../queries/filters/parse-filter.ts";
import type { Database } from "../../store/file/database.ts";

export interface PageOptions {
  readonly version: string;
  readonly covers: PageCovers;
  /** The cover of the record that a story is about; undefined if it is unknown, and for an almanac. */
  readonly largeCover?: Markup | undefined;
  /** The filters as the user gave them. */
  readonly filters: string;
  /** The search and its answer, for a page from a server. */
  readonly finding?: PageSearch & { readonly answer: Markup };
}

const filePagePolicy = buildContentPolicy({ forms: false });

/** Yields the page in pieces, because it is long with covers. */
export function* renderPage(contents: ReportContents, options: PageOptions): Generator<Markup> {
  const sections = buildSections(contents, options);
  const title = escapeMarkup(formatTitle(contents));
  const { finding } = options;
  const isServed = finding !== undefined;
  yield renderDocumentStart(title, options.version, isServed ? pagePolicy : filePagePolicy);
  yield markup`
        <a class="skip" href="#main">To the contents</a>
        <header>
          <p class="brand">rewind</p>
          ${isServed ? renderSearchBox(finding, finding.answer) : emptyMarkup}
          <h1 dir="auto">${title}</h1>
          <p class="byline">${escapeMarkup(formatByline(contents))}</p>
        </header>
        <nav aria-label="Parts of this page">
          <ul>
            ${sections.map(({ id, navTitle }) => markup`<li><a href="#${escapeMarkup(id)}">${escapeMarkup(navTitle)}</a></li>`)}
          </ul>
        </nav>
        <main id="main">
          <section id="glance" aria-labelledby="glance-title">
            <h2 id="glance-title">At a glance</h2>
            ${contents.kind === "story" ? renderStoryStart(contents) : renderGlance(contents)}${renderScopeNotice(contents, options.filters)}${contents.kind === "story" ? emptyMarkup : renderHistoryNotice(contents)}
          </section>
     `;
  for (const each of sections) yield* renderSection(each);
  yield markup`</main>
<footer><p>Made by rewind ${escapeMarkup(options.version)}. Data provided by ${renderSources(contents)}. A play is one track; a spin is one sitting in which at least half of an album was heard.</p></footer>`;
  yield renderDocumentEnd(isServed ? searchScript : undefined);
}

function buildSections(contents: ReportContents, options: PageOptions): Section[] {
  const { covers, finding, largeCover } = options;
  const wall = buildWallSection(contents, {
    covers,
    before: finding === undefined ? emptyMarkup : renderWallControls(finding),
  });
  return contents.kind === "story"
    ? buildStorySections(contents, { wall, largeCover })
    : buildAlmanacSections(contents, wall);
}

function buildAlmanacSections(contents: AlmanacContents, wall: Section): Section[] {
  const { history, never, gaps, records, question } = contents;
  return [
    ...(history === null || history.days.length === 0 ? [] : [buildDaysSection(history, question.nowUts)]),
    ...(history === null || history.stream.periods.length === 0 ? [] : [buildStreamSection(history)]),
    ...(records === 0 ? [] : [buildDecadesSection(contents)]),
    ...(history === null || history.bought.length === 0 ? [] : [buildBoughtSection(history)]),
    wall,
    ...(contents.stats.values.length === 0 ? [] : [buildValueSection(contents.stats.values)]),
    ...(never.rows.length === 0 ? [] : [buildNeverSection(contents)]),
    ...(history === null || history.dusty.rows.length === 0
      ? []
      : [buildDustySection(history, question.nowUts)]),
    ...(gaps.rows.length === 0 ? [] : [buildGapsSection(contents)]),
    ...(history === null || history.years.length === 0 ? [] : [buildTopAlbumsByYear(history)]),
  ];
}

/** Last.fm asks for a link to it. */
const sourceAddresses = new Map([
  ["Discogs", markup`https://www.discogs.com/`],
  ["Last.fm", markup`https://www.last.fm/`],
  ["ListenBrainz", markup`https://listenbrainz.org/`],
]);

/** "Discogs, Last.fm and Spotify" */
function renderSources({ owner: { playSources } }: ReportContents): Markup {
  const names = ["Discogs", ...playSources].map((name) => {
    const address = sourceAddresses.get(name);
    return address === undefined
      ? escapeMarkup(name)
      : markup`<a href="${address}">${escapeMarkup(name)}</a>`;
  });
  const separators = names.map((_, at) => (at === 0 ? "" : at === names.length - 1 ? " and " : ", "));
  return markup`${names.map((name, at) => markup`${escapeMarkup(separators[at] ?? "")}${name}`)}`;
}

/** "sample’s shelf", "sample’s 2025", "sample’s plays, 1 Jan 2025 to 3 May 2026" */
function formatTitle({ owner, question: { filter, nowUts } }: ReportContents): string {
  const name = formatPossessive(owner.collection);
  const { during } = filter;
  if (during === undefined) return `${name} shelf`;
  const phrase = formatPeriodPhrase(during, nowUts);
  return phrase.startsWith("in ")
    ? `${name} ${phrase.slice(3)}`
    : `${name} plays, ${phrase.replace(/^(?:from|on) /, "")}`;
}

function formatPossessive(name: string): string {
  return name === "" ? "The" : /s$/i.test(name) ? `${name}’` : `${name}’s`;
}

function formatByline(contents: ReportContents): string {
  const { owner, question, syncedUts } = contents;
  const listener = owner.listening === "" ? "" : `as heard by ${owner.listening} on ${owner.playsFrom}, `;
  const times = `${formatLongDay(question.nowUts)}; synced on ${formatLongDay(syncedUts)}`;
  const { sources } = contents.kind === "story" ? { sources: null } : contents.stats;
  const joined = sources === null ? null : describeMergedSources(sources);
  const stopped = describeStopped(sources?.sources ?? []);
  return joinParts([`${listener}${times}`, joinParts([joined ?? "", stopped], " ")], ". ");
}

/** A note for a page that does not cover the whole shelf. */
function renderScopeNotice({ question: { filter, groupBy } }: ReportContents, filters: string): Markup {
  const lists =
    filter.during === undefined ? " and to the purchases, never played and neglected records" : "";
  const sentences = [
    filters === ""
      ? ""
      : `The filters ${filters} apply to the wall${lists}. Everything else covers the whole shelf.`,
    groupBy === null ? "" : `The wall is divided by ${dimensions[groupBy].heading.toLowerCase()}.`,
  ].filter((sentence) => sentence !== "");
  return sentences.length === 0
    ? emptyMarkup
    : markup`<p class="note">${escapeMarkup(sentences.join(" "))}</p>`;
}

function renderHistoryNotice({ stats: { history }, owner }: AlmanacContents): Markup {
  if (history === "complete") return emptyMarkup;
  const why =
    history === "hidden"
      ? `The listening history is hidden on ${owner.playsFrom}`
      : "The listening history is not complete yet";
  return markup`<p class="note">
    ${escapeMarkup(`${why}: days, genres over time, purchases, neglected records and the albums of each year are left out.`)}
  </p>`;
}

export async function renderServedPage(
  database: Database,
  finding: PageSearch,
  { version, nowUts }: { readonly version: string; readonly nowUts: number },
): Promise<string> {
  const words = finding.words.split(/\s+/).filter((word) => word !== "");
  const contents = readReportContents(database, {
    filter: parseRecordFilter("cross-reference", { filter: finding.filter }, words, nowUts),
    sort: finding.sort,
    groupBy: null,
    wall: "sized",
    nowUts,
  });
  const { createPageCovers } = await import("./parts/page-covers.ts");
  const pictures = createPageCovers(database, {
    recordIds: contents.wall.flatMap(({ records }) => records.map(({ id }) => id)),
    directory: null,
  });
  const searchParts = [words.join(" "), finding.filter === "all" ? "" : finding.filter];
  const filters = searchParts.filter((part) => part !== "").join(", ");
  const text = words.join(" ");
  const answer =
    text === "" ? emptyMarkup : renderAnswer(hasCollection(database) ? queryHave(database, { text }) : null);
  return [
    ...renderPage(contents, { version, covers: pictures, filters, finding: { ...finding, answer } }),
  ].join("");
}
