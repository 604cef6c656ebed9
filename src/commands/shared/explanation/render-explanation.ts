// The screen of rewind explain: the verdict first, then the albums behind it, then the commands that would change it.
import { isPlaceholderArtist } from "../../../match/text/artist-name.ts";
import { safe, type SafeText } from "../../../output/safe-text.ts";
import { formatArtistAndTitle, quoteForShell } from "../../../model/names.ts";
import { formatLongDay } from "../../../output/format-dates.ts";
import type { Column } from "../../../output/field.ts";
import { pluralize } from "../../../output/format-numbers.ts";
import {
  renderLineEnds,
  joinParts,
  renderNameHeader,
  flowParts,
  joinBlocks,
  wrapText,
} from "../../../output/paragraph.ts";
import type { TerminalStyle } from "../../../output/terminal.ts";
import { placeBesideCover, type DrawnCover, computeTextWidth } from "../../../output/terminal-cover.ts";
import { renderSectionTable } from "../../../output/table.ts";
import type {
  AlbumExplanation,
  MatchedRecord,
  ExplainResult,
} from "../../../queries/explain/explain-record.ts";
import { tieReason } from "../../../queries/review/review-items.ts";
import type { Hit } from "../../../queries/find/find-records.ts";
import { numberColumn, buildRecordUrl, titleWidth } from "../listing/list-fields.ts";
import { listPlayFacts, formatYears } from "../listing/format-times.ts";
import {
  buildMatchedSection,
  buildRejectedSection,
  renderSection,
  buildSpecialCase,
} from "./album-sections.ts";

export function renderExplanation(
  answer: ExplainResult,
  style: TerminalStyle,
  { sleeve, isVerbose }: { readonly sleeve: DrawnCover | null; readonly isVerbose: boolean },
): SafeText[] {
  const { screen, colours } = style;
  const narrow = { ...screen, width: computeTextWidth(screen.width, sleeve) };
  const isDoubtful = answer.type === "fuzzy" || answer.rule === "tie" || answer.decidedBy === "user";
  const special = buildSpecialCase(answer);
  const verdict = [
    renderRecordHead(answer, { screen: narrow, colours }),
    wrapText(describeVerdict(answer), narrow).map((line, at) =>
      at === 0 && isDoubtful ? colours.yellow(line) : colours.bold(line),
    ),
    ...listRemarks(answer, special.remark).map((remark) => wrapText(remark, narrow)),
  ];
  const sections = [
    ...buildMatchedSection(answer),
    ...special.sections,
    ...buildRejectedSection(answer, { isVerbose, others: special.sections }),
  ];
  return joinBlocks([
    placeBesideCover(sleeve, joinBlocks(verdict)),
    ...sections.map((section) => renderSection(section, style)),
    flowParts(
      [...listUndoCommands(answer), ...(special.commands ?? listCommands(answer))],
      screen,
      "   ",
    ).map(colours.dim),
  ]);
}

function renderRecordHead(answer: ExplainResult, style: TerminalStyle): SafeText[] {
  const { id, releaseId } = answer.record;
  return [
    ...renderNameHeader(
      formatArtistAndTitle(answer.record),
      `#${id}  r${releaseId}`,
      style,
      buildRecordUrl(releaseId),
    ),
    ...renderLineEnds(listFacts(answer).join(" · "), describeCopies(answer.copies), style.screen),
  ];
}

const kindNames = new Map([
  ["single", "single"],
  ["compilation", "compilation"],
  ["ep", "EP"],
]);

function listFacts({ record }: ExplainResult): string[] {
  const { folder, label, addedUts, rating } = record;
  const form =
    record.form === "Box" ? "Box set" : joinParts([record.form, kindNames.get(record.kind) ?? ""], " ");
  return [
    joinParts([form, label ?? "", formatYears(record)], ", "),
    folder === null ? "" : `folder ${folder}`,
    addedUts === null ? "" : `added ${formatLongDay(addedUts)}`,
    rating === 0 ? "" : `rating ${rating}`,
  ].filter((part) => part !== "");
}

/** "second copy: #12, LP, 1977" */
function describeCopies([, ...others]: Hit): string {
  if (others.length === 0) return "one copy";
  const texts = others.map(({ id, form, year }) => joinParts([`#${id}`, form, String(year ?? "")], ", "));
  return `${others.length === 1 ? "second copy" : "other copies"}: ${texts.join("; ")}`;
}

function listRemarks(answer: ExplainResult, special: string): string[] {
  const { record, strayPlays, absent, isHistoryComplete, loggedPlays, lastLoggedUts } = answer;
  const names = absent.map(({ artist, title }) => `${artist} · ${title}`).join("; ");
  return [
    special,
    loggedPlays === 0 || lastLoggedUts === null
      ? ""
      : `You logged ${pluralize(loggedPlays, "play")} of it, the last on ${formatLongDay(lastLoggedUts)}.`,
    strayPlays === 0
      ? ""
      : `Not counted: ${pluralize(strayPlays, "play")} of its songs without an album tag. No other record of yours has these songs.`,
    names === "" ? "" : `Not in your plays now: ${names}`,
    isHistoryComplete || record.playCount === 0
      ? ""
      : "Last played: unknown, because your listening history is not in the cache.",
  ].filter((remark) => remark !== "");
}

/** The commands for an answer in a review. The one that undoes a decision removes the answer too. */
function listUndoCommands({ record, rejected, decidedBy }: ExplainResult): string[] {
  const isDismissed = decidedBy !== "user" && rejected.some((album) => album.isDismissed);
  return isDismissed ? [`Undo your answer: rewind link ${record.id} --clear`] : [];
}

function listCommands(answer: ExplainResult): string[] {
  const { record, credited, rejected, type, decidedBy, decision, namelessAlbums } = answer;
  const link = `rewind link ${record.id}`;
  const close = rejected.find((album) => album.close);
  const add = `add one: ${link} --add ${close === undefined ? `"ARTIST ALBUM"` : `a${close.id}`}`;
  if (decidedBy === "user" && decision !== undefined) {
    const scope = decision.instanceId === 0 ? "" : " --this-copy";
    return [`Undo your decision: ${link} --clear${scope}`, add];
  }
  if (credited.length > 0) {
    const least = credited.toSorted((a, b) => a.confidence - b.confidence || a.playCount - b.playCount)[0];
    const ids = credited.map(({ id }) => `a${id}`).join(",");
    return [
      ...(type === "fuzzy" ? [`Right?   ${link} --add ${ids}`] : []),
      credited.length === 1 || least === undefined
        ? `Wrong?   not it: ${link} --none`
        : `Wrong?   remove one: ${link} --not a${least.id}`,
      add,
    ];
  }
  const [numbered = record.artist] = record.artistNames;
  const artist = numbered.replace(/(?<!\s)\s*\(\d+\)$/, "");
  const hasAlias = type !== "artist_only" && rejected.length === 0 && namelessAlbums === null;
  // A placeholder stands for many artists and takes no alias.
  if (!hasAlias || isPlaceholderArtist(artist)) return [`Wrong?   ${add}`];
  return [`Spelled differently in your plays?   rewind alias ${quoteForShell(artist)} "NAME THERE"`, add];
}

function describeVerdict(answer: ExplainResult): string {
  const { record, type, rule, decidedBy, credited, decision, byArtists, namelessAlbums } = answer;
  if (credited.length > 0) {
    const facts = listPlayFacts(record.playCount, record.spins, record.lastPlayedUts);
    return joinParts([describeCertainty(answer), ...facts, describeSameCopies(answer)]);
  }
  if (decidedBy === "user") {
    return decision !== undefined && decision.mode !== "none" && decision.add.length > 0
      ? "NO MATCH · the albums that you chose are not in your plays now"
      : joinParts(["NOT MATCHED, as you decided", formatDecisionDay(decision)], " on ");
  }
  if (rule === "tie" && answer.rejected.some(({ isDismissed }) => isDismissed))
    return "NOT MATCHED · it is none of the albums that fit equally well, as you answered";
  if (rule === "tie") return `NOT MATCHED · ${tieReason}, and only you can tell which it is`;
  const isAlbum = record.kind === "album" || record.kind === "ep";
  const never =
    answer.loggedPlays > 0 ? "LOGGED ONLY" : isAlbum ? "NEVER PLAYED" : "NEVER PLAYED UNDER THIS TITLE";
  if (namelessAlbums !== null) return `${never} · the record names no artist`;
  return type !== "artist_only" || byArtists.albums === 0
    ? `${never} · no album by ${record.artist} in your plays`
    : `${never} · artist known: ${pluralize(byArtists.plays, "play")} of ${pluralize(byArtists.albums, "other album")} by ${record.artist}`;
}

function describeCertainty({ type, confidence, decidedBy, decision }: ExplainResult): string {
  if (decidedBy === "user") return joinParts(["YOURS", formatDecisionDay(decision)], ", decided ");
  return type === "fuzzy"
    ? `FUZZY, about ${Math.round(confidence * 100)} in 100 such matches are right`
    : "EXACT";
}

/** "" if the decision was withdrawn after the last matching. */
function formatDecisionDay(decision: ExplainResult["decision"]): string {
  return decision === undefined ? "" : formatLongDay(decision.decidedUts);
}

function describeSameCopies({ copies, areCopiesAlike }: ExplainResult): string {
  if (copies.length === 1 || !areCopiesAlike) return "";
  return `the same for ${copies.length === 2 ? "both" : `all ${copies.length}`} copies`;
}

/** An album of the user's plays, and the records that it is credited to. */
export function renderAlbumExplanation(answer: AlbumExplanation, style: TerminalStyle): SafeText[] {
  const { album, tracks, spins, records } = answer;
  const { screen, colours } = style;
  const [plays = "", ...facts] = listPlayFacts(album.playCount, spins, album.lastPlayedUts);
  const trackText = tracks === 0 ? "" : `${pluralize(tracks, "different track")} heard`;
  const [first] = records;
  const [verdict, commands] =
    first === undefined
      ? [
          "NOT CREDITED · no record of yours is known to be this album",
          [
            `Is it one of yours?   rewind link RECORD --add a${album.id}`,
            `Hide it from gaps: rewind gaps hide a${album.id}`,
          ],
        ]
      : [
          `CREDITED to ${pluralize(records.length, "record")} of yours`,
          [`Wrong?   rewind link ${first.id} --not a${album.id}`, `Why: rewind explain ${first.id}`],
        ];
  return [
    ...renderNameHeader(`${album.artist} · ${album.title}`, `a${album.id}`, style, album.url),
    ...flowParts([plays, trackText, ...facts], screen),
    safe``,
    ...wrapText(verdict, screen).map(colours.bold),
    ...(first === undefined ? [] : renderSectionTable(buildRecordColumns(style), records, screen)),
    safe``,
    ...flowParts(commands, screen, "   ").map(colours.dim),
  ];
}

function buildRecordColumns({ colours }: TerminalStyle): Column<MatchedRecord>[] {
  return [
    numberColumn(colours, ({ id }) => id),
    { header: "record", cell: formatArtistAndTitle, flexible: titleWidth, isName: true },
    { header: "form", cell: ({ form }) => form, dropOrder: 2 },
    { header: "year", cell: ({ year }) => year ?? "", numeric: true, dropOrder: 1 },
    {
      header: "why",
      cell: (record) => record.reason,
      flexible: { share: 2, maxWidth: 100, cut: "wrap" },
    },
  ];
}
