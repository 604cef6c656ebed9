// The screen of rewind explain: the verdict first, then the albums behind it, then the commands that would change it.
import { safe, type SafeText } from "../../../output/escape.ts";
import { plainName, shellWord } from "../../../model/names.ts";
import { localDayInWords } from "../../../output/dates.ts";
import type { Column } from "../../../output/field.ts";
import { counted } from "../../../output/number-text.ts";
import { ends, joinParts, nameLines, sideBySide, spacedBlocks, wrapText } from "../../../output/paragraph.ts";
import type { TerminalStyle } from "../../../output/screen.ts";
import { beside, type Sleeve, widthBeside } from "../../../output/sleeve.ts";
import { sectionTable } from "../../../output/table.ts";
import type {
  AlbumExplanation,
  CreditedRecord,
  ExplainAnswer,
} from "../../../queries/explain/explain-record.ts";
import { tieInWords } from "../../../queries/doubts/doubts.ts";
import type { Hit } from "../../../queries/find/find-records.ts";
import { numberColumn, recordPage, titleWidth } from "../listing/list-fields.ts";
import { playFacts, yearsInWords } from "../listing/times-in-words.ts";
import type { Named } from "../../../match/matcher.ts";
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
    headLines(answer, { screen: narrow, colours }),
    wrapText(verdictOf(answer), narrow).map((line, at) =>
      at === 0 && isDoubtful ? colours.yellow(line) : colours.bold(line),
    ),
    ...remarksOf(answer, special.remark).map((remark) => wrapText(remark, narrow)),
  ];
  const sections = [
    ...creditedSection(answer),
    ...special.sections,
    ...rejectedSection(answer, { isVerbose, others: special.sections }),
  ];
  return spacedBlocks([
    beside(sleeve, spacedBlocks(verdict)),
    ...sections.map((section) => sectionLines(section, style)),
    sideBySide([...undoCommands(answer), ...(special.commands ?? commandsOf(answer))], screen, "   ").map(
      colours.dim,
    ),
  ]);
}

function headLines(answer: ExplainAnswer, style: TerminalStyle): SafeText[] {
  const { id, releaseId } = answer.record;
  return [
    ...nameLines(plainName(answer.record), `#${id}  r${releaseId}`, style, recordPage(releaseId)),
    ...ends(factsOf(answer).join(" · "), copiesText(answer.copies), style.screen),
  ];
}

const kindWords = new Map([
  ["single", "single"],
  ["compilation", "compilation"],
  ["ep", "EP"],
]);

function factsOf({ record }: ExplainAnswer): string[] {
  const { folder, label, addedUts, rating } = record;
  const form =
    record.form === "Box" ? "Box set" : joinParts([record.form, kindWords.get(record.kind) ?? ""], " ");
  return [
    joinParts([form, label ?? "", yearsInWords(record)], ", "),
    folder === null ? "" : `folder ${folder}`,
    addedUts === null ? "" : `added ${localDayInWords(addedUts)}`,
    rating === 0 ? "" : `rating ${rating}`,
  ].filter((part) => part !== "");
}

/** "second copy: #12, LP, 1977" */
function copiesText([, ...others]: Hit): string {
  if (others.length === 0) return "one copy";
  const texts = others.map(({ id, form, year }) => joinParts([`#${id}`, form, String(year ?? "")], ", "));
  return `${others.length === 1 ? "second copy" : "other copies"}: ${texts.join("; ")}`;
}

function remarksOf(answer: ExplainAnswer, special: string): string[] {
  const { record, strayPlays, absent, isHistoryComplete, notedPlays, lastNotedUts } = answer;
  const names = absent.map(({ artist, title }) => `${artist} · ${title}`).join("; ");
  return [
    special,
    notedPlays === 0 || lastNotedUts === null
      ? ""
      : `You logged ${counted(notedPlays, "play")} of it, the last on ${localDayInWords(lastNotedUts)}.`,
    strayPlays === 0
      ? ""
      : `Not counted: ${counted(strayPlays, "play")} of its songs without an album tag. No other record of yours has these songs.`,
    names === "" ? "" : `Not in your plays now: ${names}`,
    isHistoryComplete || record.playCount === 0
      ? ""
      : "Last played: unknown, because your listening history is not in the cache.",
  ].filter((remark) => remark !== "");
}

/** For an answer in a review. The command that undoes a decision removes the answer too. */
function undoCommands({ record, rejected, decidedBy }: ExplainAnswer): string[] {
  const isDismissed = decidedBy !== "user" && rejected.some((album) => album.isDismissed);
  return isDismissed ? [`Undo your answer: rewind link ${record.id} --clear`] : [];
}

function commandsOf(answer: ExplainAnswer): string[] {
  const { record, credited, rejected, type, decidedBy, decision, namelessAlbums } = answer;
  const link = `rewind link ${record.id}`;
  const next = rejected[0];
  const add = `add one: ${link} --add ${next === undefined ? `"ARTIST ALBUM"` : `a${next.id}`}`;
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
  if (type === "artist_only" || next !== undefined || namelessAlbums !== null) return [`Wrong?   ${add}`];
  const [artist = record.artist] = record.artistNames;
  return [
    `Spelled differently in your plays?   rewind alias ${shellWord(artist.replace(/(?<!\s)\s*\(\d+\)$/, ""))} "NAME THERE"`,
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
    return decision !== undefined && decision.mode !== "none" && decision.add.length > 0
      ? "NOTHING TO CREDIT · the albums that you chose are not in your plays now"
      : joinParts(["NOT MATCHED, as you decided", dayOf(decision)], " on ");
  }
  if (rule === "tie") return `NOT MATCHED · ${tieInWords}, and only you can tell which it is`;
  const never =
    record.kind === "album" || record.kind === "ep" ? "NEVER PLAYED" : "NEVER PLAYED UNDER THIS TITLE";
  if (namelessAlbums !== null) return `${never} · the record names no artist`;
  return type !== "artist_only" || byArtists.albums === 0
    ? `${never} · no album by ${record.artist} in your plays`
    : `${never} · artist known: ${counted(byArtists.plays, "play")} of ${counted(byArtists.albums, "other album")} by ${record.artist}`;
}

function certaintyText({ type, confidence, decidedBy, decision }: ExplainAnswer): string {
  if (decidedBy === "user") return joinParts(["YOURS", dayOf(decision)], ", decided ");
  return type === "fuzzy"
    ? `FUZZY, about ${Math.round(confidence * 100)} in 100 such matches are right`
    : "EXACT";
}

/** "" if the decision was withdrawn after the last matching. */
function dayOf(decision: ExplainAnswer["decision"]): string {
  return decision === undefined ? "" : localDayInWords(decision.decidedUts);
}

function copiesRemark({ copies, areCopiesAlike }: ExplainAnswer): string {
  if (copies.length === 1 || !areCopiesAlike) return "";
  return `the same for ${copies.length === 2 ? "both" : `all ${copies.length}`} copies`;
}

/** An album of the user's plays, and the records that it is credited to. */
export function albumLines(answer: AlbumExplanation, style: TerminalStyle): SafeText[] {
  const { album, tracks, spins, records } = answer;
  const { screen, colours } = style;
  const [plays = "", ...facts] = playFacts(album.playCount, spins, album.lastPlayedUts);
  const trackText = tracks === 0 ? "" : `${counted(tracks, "different track")} heard`;
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
          `CREDITED to ${counted(records.length, "record")} of yours`,
          [`Wrong?   rewind link ${first.id} --not a${album.id}`, `Why: rewind explain ${first.id}`],
        ];
  return [
    ...nameLines(`${album.artist} · ${album.title}`, `a${album.id}`, style, album.url),
    ...sideBySide([plays, trackText, ...facts], screen),
    safe``,
    ...wrapText(verdict, screen).map(colours.bold),
    ...(first === undefined ? [] : sectionTable(recordColumns(album, style), records, screen)),
    safe``,
    ...sideBySide(commands, screen, "   ").map(colours.dim),
  ];
}

function recordColumns(album: Named, { colours }: TerminalStyle): Column<CreditedRecord>[] {
  return [
    numberColumn(colours, ({ id }) => id),
    { header: "record", cell: plainName, flexible: titleWidth, isName: true },
    { header: "form", cell: ({ form }) => form, dropOrder: 2 },
    { header: "year", cell: ({ year }) => year ?? "", numeric: true, dropOrder: 1 },
    {
      header: "why",
      cell: (record) => creditText(record.rule, record, album, null),
      flexible: { share: 2, maxWidth: 100, cut: "wrap" },
    },
  ];
}
