// The whole page: one file that loads nothing else.
import { type ReportContents, collect, type HistoryContents } from "./parts/contents.ts";
import { documentEnd, documentStart, policyOf } from "./parts/document.ts";
import { finderForm, finderScript, type Finding, pagePolicy } from "./parts/finder.ts";
import type { Pictures } from "./parts/pictures.ts";
import { section, type Section, listOf, outsideAddress, releaseAddress } from "./sections/section.ts";
import { boughtSection, decadesSection, glance, valueSection } from "./sections/shelf-sections.ts";
import { daysSection, streamSection, yearsSection } from "./sections/time-sections.ts";
import { wallSection } from "./sections/wall.ts";
import { localDayInWords, age } from "../../output/dates.ts";
import { markup, nothing, text, type Markup } from "../../output/markup.ts";
import { joinParts } from "../../output/paragraph.ts";
import { joinedText, stoppedText } from "../../output/source-text.ts";
import type { Span } from "../../queries/conditions/span.ts";
import { dimensions } from "../../queries/figures/breakdown.ts";
import { readFilter } from "../../queries/filters/read-filter.ts";
import type { Database } from "../../store/file/database.ts";
import { counted, thousands } from "../../output/number-text.ts";
import { usualPerArtist } from "../../queries/records/copies.ts";

export interface PageOptions {
  readonly version: string;
  readonly pictures: Pictures;
  /** The filters as the user gave them. */
  readonly filters: string;
  /** For a page from a server: the search. */
  readonly finding?: Finding;
}

const filePolicy = policyOf({ forms: false });

/** Yields the page in pieces, because it is long with covers. */
export function* pageOf(contents: ReportContents, options: PageOptions): Generator<Markup> {
  const sections = sectionsOf(contents, options);
  const title = markup`${text(possessive(contents.owner.collection))} shelf`;
  const isServed = options.finding !== undefined;
  yield documentStart(title, options.version, isServed ? pagePolicy : filePolicy);
  yield markup`
        <a class="skip" href="#main">To the contents</a>
        <header>
          <p class="brand">rewind</p>
          <h1 dir="auto">${title}</h1>
          <p class="byline">${text(byline(contents))}</p>
        </header>
        <nav aria-label="Parts of this page">
          <ul>
            ${sections.map(({ id, short }) => markup`<li><a href="#${text(id)}">${text(short)}</a></li>`)}
          </ul>
        </nav>
        <main id="main">
          <section id="glance" aria-labelledby="glance-title">
            <h2 id="glance-title">At a glance</h2>
            ${glance(contents)}${scopeNote(contents, options.filters)}${historyNote(contents)}
          </section>
     `;
  for (const each of sections) yield* section(each);
  yield markup`</main>
<footer><p>Made by rewind ${text(options.version)}. Data provided by <a href="https://www.discogs.com/">Discogs</a>${playsFrom(contents)}. A play is one track; a spin is one sitting in which at least half of an album was heard.</p></footer>`;
  yield documentEnd(isServed ? finderScript : undefined);
}

function sectionsOf(contents: ReportContents, { pictures, finding }: PageOptions): Section[] {
  const { history, never, gaps, records, question } = contents;
  return [
    ...(history === null || history.days.length === 0 ? [] : [daysSection(history)]),
    ...(history === null || history.stream.periods.length === 0 ? [] : [streamSection(history)]),
    ...(records === 0 ? [] : [decadesSection(contents)]),
    ...(history === null || history.bought.length === 0 ? [] : [boughtSection(history)]),
    wallSection(contents, { pictures, before: finding === undefined ? nothing : finderForm(finding) }),
    ...(contents.stats.values.length === 0 ? [] : [valueSection(contents.stats.values)]),
    ...(never.rows.length === 0 ? [] : [neverSection(contents)]),
    ...(history === null || history.dusty.rows.length === 0 ? [] : [dustySection(history, question.nowUts)]),
    ...(gaps.rows.length === 0 ? [] : [gapsSection(contents)]),
    ...(history === null || history.years.length === 0 ? [] : [yearsSection(history)]),
  ];
}

/** Last.fm asks for a link to it. */
function playsFrom({ owner: { playsFrom: source } }: ReportContents): Markup {
  if (source === "") return nothing;
  const name =
    source === "Last.fm" ? markup`<a href="https://www.last.fm/">Last.fm</a>` : markup`${text(source)}`;
  return markup` and ${name}`;
}

function possessive(name: string): string {
  return name === "" ? "The" : /s$/i.test(name) ? `${name}’` : `${name}’s`;
}

function byline({ owner, question, stats }: ReportContents): string {
  const listener = owner.listening === "" ? "" : `as heard by ${owner.listening} on ${owner.playsFrom}, `;
  const joined = stats.sources === null ? null : joinedText(stats.sources);
  const stopped = stoppedText(stats.sources?.sources ?? []);
  const sources = joinParts([joined ?? "", stopped], " ");
  const times = `${localDayInWords(question.nowUts)}; synced on ${localDayInWords(stats.syncedUts)}`;
  return joinParts([`${listener}${times}`, sources], ". ");
}

/** A note for a page that does not cover the whole shelf or all time. */
function scopeNote({ question: { filter, groupBy, nowUts } }: ReportContents, filters: string): Markup {
  const sentences = [
    filters === ""
      ? ""
      : `The filters ${filters} apply to the wall and to the purchases, never played and neglected records. Everything else covers the whole shelf.`,
    filter.during === undefined
      ? ""
      : `Plays are those ${spanText(filter.during, nowUts)}; purchases, never played and neglected records cover all time.`,
    groupBy === null ? "" : `The wall is divided by ${dimensions[groupBy].heading.toLowerCase()}.`,
  ].filter((sentence) => sentence !== "");
  return sentences.length === 0 ? nothing : markup`<p class="note">${text(sentences.join(" "))}</p>`;
}

function spanText({ fromUts, toUts }: Span, nowUts: number): string {
  const until = Math.min(toUts ?? nowUts + 1, nowUts + 1) - 1;
  return fromUts === null
    ? `until ${localDayInWords(until)}`
    : `from ${localDayInWords(fromUts)} to ${localDayInWords(until)}`;
}

function historyNote({ stats: { history }, owner }: ReportContents): Markup {
  if (history === "complete") return nothing;
  const why =
    history === "hidden"
      ? `The listening history is hidden on ${owner.playsFrom}`
      : "The listening history is not complete yet";
  return markup`<p class="note">
    ${text(`${why}: days, genres over time, purchases, neglected records and the albums of each year are left out.`)}
  </p>`;
}

export async function servedPage(
  database: Database,
  finding: Finding,
  { version, nowUts }: { readonly version: string; readonly nowUts: number },
): Promise<string> {
  const words = finding.words.split(/\s+/).filter((word) => word !== "");
  const contents = collect(database, {
    filter: readFilter("cross-reference", { filter: finding.filter }, words, nowUts),
    sort: finding.sort,
    groupBy: null,
    wall: "sized",
    nowUts,
  });
  const { createPictures } = await import("./parts/pictures.ts");
  const pictures = createPictures(database, {
    recordIds: contents.wall.flatMap(({ records }) => records.map(({ id }) => id)),
    directory: null,
  });
  const searchParts = [words.join(" "), finding.filter === "all" ? "" : finding.filter];
  const filters = searchParts.filter((part) => part !== "").join(", ");
  return [...pageOf(contents, { version, pictures, filters, finding })].join("");
}

function neverSection({ never, question: { filter } }: ReportContents): Section {
  const { perArtist = usualPerArtist } = filter;
  const limit = perArtist === "all" ? "" : `, at most ${perArtist} by one artist`;
  return {
    id: "never",
    short: "Never played",
    title: "Never played, by artists you love",
    lead: `${counted(never.rows.length, "album")} of ${thousands(never.total)} without a play, by how much the artist's other albums are played${limit}.`,
    body: listOf(
      never.rows.map(({ title, artist, releaseId, artistPlays, form, year }) => ({
        title,
        artist,
        figure: thousands(artistPlays ?? 0),
        note: [form, String(year ?? "")].filter((part) => part !== "").join(", "),
        address: releaseAddress(releaseId),
      })),
      "plays of the artist's other albums",
    ),
  };
}

function gapsSection({ gaps }: ReportContents): Section {
  return {
    id: "gaps",
    short: "Gaps",
    title: "Played, and not on the shelf",
    lead: `${counted(gaps.total, "album")} with ten plays or more that you own in no pressing; ${thousands(gaps.wanted)} of them on your wantlist (★).`,
    body: listOf(
      gaps.rows.map(({ title, artist, plays, isWanted, url, shelf }) => ({
        title,
        artist,
        figure: thousands(plays),
        note: shelf.records === 0 ? "" : `${counted(shelf.records, "record")} by the artist`,
        isStarred: isWanted,
        address: outsideAddress(url),
      })),
      "plays",
    ),
  };
}

function dustySection({ dusty }: HistoryContents, nowUts: number): Section {
  return {
    id: "dusty",
    short: "Asleep",
    title: "Loved once, asleep since",
    lead: `${counted(dusty.total, "album")} with five spins or more, none of them in the last twelve months; the longest asleep first.`,
    body: listOf(
      dusty.rows.map(({ releaseId, artist, title, spins, lastSpinUts }) => ({
        title,
        artist,
        figure: age(nowUts - lastSpinUts),
        note: `${counted(spins, "spin")}, last on ${localDayInWords(lastSpinUts)}`,
        address: releaseAddress(releaseId),
      })),
      "since the last spin",
    ),
  };
}
