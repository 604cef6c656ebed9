// The screen of rewind explain: the verdict first, then the albums behind it, then the commands that would change it.
import { printable, safe, type SafeText, trusted } from "../../output/escape.ts";
import { localDayInWords } from "../../output/dates.ts";
import type { Column } from "../../output/field.ts";
import { counted } from "../../output/number-text.ts";
import { ends, footerLines, joinParts, sideBySide, spacedBlocks, wrapText } from "../../output/paragraph.ts";
import { type Colours, linkText, type TerminalStyle, type Screen } from "../../output/screen.ts";
import { beside, type Sleeve, widthBeside } from "../../output/sleeve.ts";
import { sectionTable } from "../../output/table.ts";
import { widthOf } from "../../output/width.ts";
import { shellWord } from "../../queries/doubts/commands.ts";
import type {
  AlbumExplanation,
  CreditedRecord,
  ExplainAnswer,
} from "../../queries/explain/explain-record.ts";
import type { Hit } from "../../queries/find/find-records.ts";
import { numberColumn, recordPage, titleWidth } from "../shared/listing/list-fields.ts";
import { playFacts, yearsInWords } from "../shared/listing/times-in-words.ts";
import { creditText, creditedSection, rejectedSection, sectionLines, specialCase } from "./album-sections.ts";

export function explainLines(
  answer: ExplainAnswer,
  style: TerminalStyle,
  { sleeve, isVerbose }: { readonly sleeve: Sleeve | null; readonly isVerbose: boolean },
): SafeText[] {
  const { screen, colours } = style;
  const narrow = { ...screen, width: widthBeside(screen.width, sleeve) };
  const isDoubtful = answer.type === "fuzzy" || answer.rule === "tie" || answer.decidedBy === "user";
  const special = specialCase(answer);
  const verdict = [
    headLines(answer, narrow, colours),
    wrapText(verdictOf(answer), narrow).map((line, at) =>
      at === 0 && isDoubtful ? colours.yellow(line) : colours.bold(line),
    ),
    ...remarksOf(answer, special.remarks).map((remark) => wrapText(remark, narrow)),
  ];
  const sections = [
    ...creditedSection(answer),
    ...special.sections,
    ...rejectedSection(answer, { isVerbose, others: special.sections }),
  ];
  return spacedBlocks([
    beside(sleeve, spacedBlocks(verdict)),
    ...sections.map((section) => sectionLines(section, style)),
    sideBySide(special.commands ?? commandsOf(answer), "   ", screen).map(colours.dim),
  ]);
}

function headLines(answer: ExplainAnswer, screen: Screen, colours: Colours): SafeText[] {
  const { record, copies } = answer;
  const between = screen.unicode ? " · " : " - ";
  const name = printable(`${record.artist.trim()}${between}${record.title.trim()}`);
  const numbers = safe`#${record.id}  r${record.releaseId}`;
  const [first = name, ...others] = ends(name, numbers, { ...screen, unicode: true });
  const url = recordPage(record.releaseId);
  const isOneLine = widthOf(first) > widthOf(name) && first.endsWith(numbers);
  const headLine = isOneLine
    ? safe`${linkText(colours.bold(name), url, screen)}${trusted(first.slice(name.length, -numbers.length))}${colours.dim(numbers)}`
    : linkText(colours.bold(first), url, screen);
  return [headLine, ...others, ...factLines(factsOf(answer), copiesText(copies), screen)];
}

function factLines(facts: readonly string[], copies: string, screen: Screen): SafeText[] {
  const lines = ends(facts.join(" · "), copies, screen);
  return lines.length === 1 ? lines : [...footerLines([facts], screen), ...wrapText(copies, screen)];
}

function factsOf({ record }: ExplainAnswer): string[] {
  const kind = /^(?:single|compilation)$/.test(record.kind) ? record.kind : record.kind === "ep" ? "EP" : "";
  const form = record.form === "Box" ? "Box set" : `${record.form} ${kind}`.trim();
  const { folder, label, addedUts } = record;
  return [
    joinParts([form, label ?? "", yearsInWords(record)], ", "),
    folder === null ? "" : `folder ${folder}`,
    addedUts === null ? "" : `added ${localDayInWords(addedUts)}`,
    record.rating === 0 ? "" : `rating ${record.rating}`,
  ].filter((part) => part !== "");
}

/** "second copy: #12, LP, 1977" */
function copiesText([, ...others]: Hit): string {
  if (others.length === 0) return "one copy";
  const texts = others
    .slice(0, 3)
    .map(({ id, form, year }) => joinParts([`#${id}`, form, String(year ?? "")], ", "));
  const more = others.length > 3 ? ` and ${others.length - 3} more` : "";
  return `${others.length === 1 ? "second copy" : "other copies"}: ${texts.join("; ")}${more}`;
}

function remarksOf(answer: ExplainAnswer, special: readonly string[]): string[] {
  const { record, strayPlays, absent, isHistoryComplete } = answer;
  const names = absent.map(({ artist, title }) => `${artist} · ${title}`).join("; ");
  return [
    kindRemark(answer),
    ...special,
    loggedRemark(answer),
    strayPlays === 0
      ? ""
      : `Not counted: ${counted(strayPlays, "play")} of its songs without an album tag. No other record of yours has these songs.`,
    names === "" ? "" : `Not in your plays now: ${names}`,
    isHistoryComplete || record.playCount === 0
      ? ""
      : "Last played: unknown, because your listening history is not in the cache.",
  ].filter((remark) => remark !== "");
}

/** Discogs' formats and MusicBrainz may disagree. A box says nothing about what is inside. */
function kindRemark({ kinds: { said, musicbrainz } }: ExplainAnswer): string {
  if (said === null || musicbrainz === null || said === musicbrainz || said === "box") return "";
  return `By its formats this is ${withArticle(said)}; MusicBrainz calls it ${withArticle(musicbrainz)}.`;
}

function withArticle(kind: string): string {
  if (kind === "ep") return "an EP";
  return kind === "album" ? "an album" : `a ${kind}`;
}

function loggedRemark({ notedPlays, lastNotedUts }: ExplainAnswer): string {
  if (notedPlays === 0 || lastNotedUts === null) return "";
  const last = localDayInWords(lastNotedUts);
  return notedPlays === 1
    ? `You logged a play of it on ${last}.`
    : `You logged ${counted(notedPlays, "play")} of it, the last on ${last}.`;
}

function commandsOf(answer: ExplainAnswer): string[] {
  const { record, credited, rejected, type, decidedBy, decision, namelessAlbums } = answer;
  const link = `rewind link ${record.id}`;
  const next = rejected[0];
  const add = `add one: ${link} --add ${next === undefined ? `"ARTIST ALBUM"` : `a${next.id}`}`;
  if (decidedBy === "user" && decision !== undefined) return [`Undo your decision: ${link} --clear`, add];
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
  if (type === "artist_only" || next !== undefined || namelessAlbums !== null) return [`Wrong?   ${add}`];
  const [artist = record.artist] = record.artistNames;
  return [
    `Spelled differently in your plays?   rewind alias ${shellWord(artist.replace(/\s*\(\d+\)$/, ""))} "NAME THERE"`,
    add,
  ];
}

function verdictOf(answer: ExplainAnswer): string {
  const { record, type, rule, decidedBy, credited, decision, byArtists, namelessAlbums } = answer;
  if (credited.length > 0) {
    const facts = playFacts(record.playCount, record.spins, record.lastPlayedUts);
    return joinParts([certaintyText(answer), ...facts, copiesRemark(answer)]);
  }
  if (decidedBy === "user") {
    const since = decision === undefined ? "" : ` on ${localDayInWords(decision.decidedUts)}`;
    return decision !== undefined && decision.mode !== "none" && decision.add.length > 0
      ? `NOTHING TO CREDIT · the albums that you chose${since} are not in your plays now`
      : `NOT MATCHED, as you decided${since}`;
  }
  if (rule === "tie")
    return "NOT MATCHED · several albums fit equally well, and only you can tell which it is";
  const never =
    record.kind === "album" || record.kind === "ep" ? "NEVER SCROBBLED" : "NEVER SCROBBLED AS A RECORD";
  if (namelessAlbums !== null) {
    const nor = `, nor ${namelessAlbums === 1 ? "does" : "do"} ${counted(namelessAlbums, "album")} in your plays`;
    return `${never} · the record names no artist${namelessAlbums === 0 ? "" : nor}`;
  }
  if (type !== "artist_only" || byArtists.albums === 0)
    return `${never} · no album by ${record.artist} in your plays`;
  return `${never} · artist known: ${counted(byArtists.plays, "play")} of ${counted(byArtists.albums, "other album")} by ${record.artist}`;
}

function certaintyText({ type, confidence, decidedBy, decision }: ExplainAnswer): string {
  if (decidedBy === "user")
    return `YOURS${decision === undefined ? "" : `, decided ${localDayInWords(decision.decidedUts)}`}`;
  return type === "fuzzy" ? `FUZZY, ${oddsInWords(confidence)} such matches are right` : "EXACT";
}

function oddsInWords(confidence: number): string {
  const tenths = confidence * 10;
  return Math.abs(tenths - Math.round(tenths)) < 0.05
    ? `about ${Math.round(tenths)} in 10`
    : `about ${Math.round(confidence * 100)} in 100`;
}

function copiesRemark({ copies, areCopiesAlike }: ExplainAnswer): string {
  if (copies.length === 1 || !areCopiesAlike) return "";
  return `the same for ${copies.length === 2 ? "both" : `all ${copies.length}`} copies`;
}

/** An album of the user's plays, and the records that it is credited to. */
export function albumLines(answer: AlbumExplanation, style: TerminalStyle): SafeText[] {
  const { album, tracks, spins, records } = answer;
  const { screen, colours } = style;
  const [name = safe``, ...more] = ends(`${album.artist} · ${album.title}`, `a${album.id}`, screen);
  const [plays = "", ...facts] = playFacts(album.playCount, spins, album.lastPlayedUts);
  const trackText = tracks === 0 ? "" : `${counted(tracks, "different track")} heard`;
  const [first] = records;
  const verdict =
    first === undefined
      ? "NOT CREDITED · no record of yours is known to be this album"
      : `CREDITED to ${counted(records.length, "record")} of yours`;
  const commands =
    first === undefined
      ? [
          `Is it one of yours?   rewind link RECORD --add a${album.id}`,
          `Hide it from gaps: rewind gaps hide a${album.id}`,
        ]
      : [`Wrong?   rewind link ${first.id} --not a${album.id}`, `Why: rewind explain ${first.id}`];
  return [
    linkText(colours.bold(name), album.url, screen),
    ...more,
    ...footerLines([[plays, trackText, ...facts]], screen),
    safe``,
    ...wrapText(verdict, screen).map(colours.bold),
    ...(first === undefined ? [] : sectionTable(recordColumns(album.title, style), records, screen)),
    safe``,
    ...sideBySide(commands, "   ", screen).map(colours.dim),
  ];
}

function recordColumns(album: string, { colours }: TerminalStyle): Column<CreditedRecord>[] {
  return [
    numberColumn(colours, ({ id }) => id),
    {
      header: "record",
      cell: ({ artist, title }) => printable(`${artist.trim()} · ${title.trim()}`),
      flexible: titleWidth,
      isName: true,
    },
    { header: "form", cell: ({ form }) => form, dropOrder: 2 },
    { header: "year", cell: ({ year }) => year ?? "", numeric: true, dropOrder: 1 },
    {
      header: "why",
      cell: ({ rule }) => creditText(rule, album, null),
      flexible: { share: 2, maxWidth: 100, cut: "wrap" },
    },
  ];
}
