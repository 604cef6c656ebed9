// One record as a card, several as a table (screens 5, 5b).
import type { Context } from "../../context.ts";
import { coloursFor, linked, type Colours } from "../../output/colour.ts";
import { linesText, lineText, printable, safe, type SafeText } from "../../output/escape.ts";
import { footerLines } from "../../output/footer.ts";
import { counted, thousands } from "../../output/numbers.ts";
import { sideBySide, wrapped } from "../../output/paragraph.ts";
import { inAscii } from "../../output/screen.ts";
import { plainLayout, tableLines, type Column } from "../../output/table.ts";
import { cutEnd, padEnd, widthOf } from "../../output/width.ts";
import type { Picks } from "../../queries/pick.ts";
import type { Proposal } from "./proposal.ts";

interface Answer {
  readonly proposals: readonly Proposal[];
  readonly picks: Picks;
  readonly seed: number | null;
}

export async function writePicks(context: Context, answer: Answer): Promise<void> {
  const { screen } = context;
  const { proposals, picks } = answer;
  if (!screen.isTerminal) {
    const layout = plainLayout(columnsOf(await coloursFor({ colourLevel: 0 })), screen);
    for (const proposal of proposals) layout.measure(proposal);
    for (const proposal of proposals) await context.write(linesText([layout.line(proposal)]));
    return;
  }
  if (proposals.length === 0) return context.write(lineText(emptyText(picks)));
  const colours = await coloursFor(screen);
  const [only, ...others] = proposals;
  const lines =
    only !== undefined && others.length === 0 && picks.picks.length === 1
      ? cardLines(context, only, { colours, seed: answer.seed })
      : listLines(context, answer, colours);
  await context.write(linesText(lines));
}

function emptyText({ albums, excepted }: Picks): string {
  return excepted > 0 && excepted === albums
    ? `All ${counted(albums, "album")} that fit were proposed within the last month. Once more: --seed 1`
    : "No record is left by this filter.";
}

function cardLines(
  { screen }: Context,
  { record, copies, recordId, shelf, why }: Proposal,
  { colours, seed }: { colours: Colours; seed: number | null },
): SafeText[] {
  const width = Math.min(100, screen.width);
  const glyphs = (text: string): SafeText => (screen.unicode ? printable(text) : inAscii(printable(text)));
  const ellipsis = glyphs("…");
  const number = safe`#${recordId}`;
  const room = width - 2 - widthOf(number) - 2;
  const title = cutEnd(
    safe`${printable(record.title)}${copies > 1 ? glyphs(` ×${copies}`) : safe``}`,
    room,
    ellipsis,
  );
  const shownTitle = linked(
    colours.bold(title),
    `https://www.discogs.com/release/${record.releaseId}`,
    screen,
  );
  const pressing = [record.label ?? "", record.catalogNumber ?? ""].filter((part) => part !== "").join(" ");
  const facts = [
    glyphs(record.form),
    pressing,
    record.year === null ? "" : String(record.year),
    record.folder === null ? "" : `folder ${record.folder}`,
    shelf === null || shelf === "" ? "" : `shelf ${shelf}`,
    record.rating > 0 ? `rated ${record.rating}` : "",
  ];
  const inner = { ...screen, width: width - 2 };
  return [
    safe``,
    safe`  ${colours.bold(cutEnd(printable(record.artist), width - 2, ellipsis))}`,
    safe`  ${shownTitle}${padEnd(safe`  `, room - widthOf(title) + 2)}${colours.dim(number)}`,
    safe``,
    ...indent(footerLines([facts], inner)),
    ...indent(wrapped(why, inner)),
    safe``,
    ...indent(
      sideBySide(
        [
          "Another: rewind pick",
          `Why so: rewind explain ${recordId}`,
          ...(seed === null ? [] : [`The same again: --seed ${seed}`]),
        ],
        "     ",
        inner,
      ).map(colours.dim),
    ),
  ];
}

function indent(lines: readonly SafeText[]): SafeText[] {
  return lines.map((line) => safe`  ${line}`);
}

function listLines({ screen }: Context, { proposals, picks, seed }: Answer, colours: Colours): SafeText[] {
  const missing =
    picks.excepted > 0 ? `${thousands(picks.excepted)} proposed within the last month left out` : "";
  const footer = footerLines(
    [
      [
        `From ${counted(picks.albums, "album")} that fit (${counted(picks.records, "record")})`,
        missing,
        seed === null ? "" : `the same again: --seed ${seed}`,
      ],
    ],
    screen,
  );
  return [...tableLines(columnsOf(colours), proposals, screen), safe``, ...footer.map(colours.dim)];
}

function columnsOf(colours: Colours): Column<Proposal>[] {
  return [
    {
      header: "#",
      cell: ({ recordId }) => String(recordId),
      numeric: true,
      paint: (cell) => colours.dim(cell),
    },
    {
      header: "Artist",
      cell: ({ record }) => record.artist,
      flexible: { share: 2, maxWidth: 28, cut: "end" },
    },
    {
      header: "Title",
      cell: ({ record }) => record.title,
      suffix: ({ copies }) => (copies > 1 ? ` ×${copies}` : ""),
      flexible: { share: 3, maxWidth: 60, cut: "middle" },
    },
    { header: "Form", cell: ({ record }) => record.form, dropOrder: 2 },
    {
      header: "Why",
      cell: ({ whyInShort }) => whyInShort,
      flexible: { share: 3, maxWidth: 40, cut: "end" },
    },
  ];
}
