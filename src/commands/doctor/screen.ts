// A line a check: its mark, what it is about, what was found; what to do stands behind it where there is room, else below.
import type { Colours } from "../../output/look.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { counted } from "../../output/numbers.ts";
import { markOf, wrapped } from "../../output/paragraph.ts";
import type { Screen } from "../../output/screen.ts";
import { widthOf } from "../../output/width.ts";
import { countOf, type Finding } from "./finding.ts";

const labelWidth = 13;
const gap = "   ";

export interface DoctorLook {
  readonly screen: Screen;
  readonly colours: Colours;
}

export function findingLines(finding: Finding, { screen, colours }: DoctorLook): SafeText[] {
  const { mark, label, text, remedy, mended } = finding;
  const width = screen.isTerminal ? screen.width : Number.MAX_SAFE_INTEGER;
  const room = width - labelWidth - 2;
  const look = { screen: { ...screen, width }, colours };
  const told = mended === undefined ? text : `${text} (${mended})`;
  const texts = wrapped(told, { ...screen, width: room });
  const last = texts.at(-1) ?? safe``;
  const further = remedy === undefined ? "" : remedy;
  const fits = further !== "" && widthOf(last) + gap.length + widthOf(printable(further)) <= room;
  const below = further === "" || fits ? [] : wrapped(further, { ...screen, width: room - 2 });
  const lines = [
    ...texts.map((line, at) =>
      at === texts.length - 1 && fits
        ? safe`${line}${printable(gap)}${colours.dim(printable(further))}`
        : line,
    ),
    ...below.map((line) => safe`  ${colours.dim(line)}`),
  ];
  const margin = (at: number): SafeText => printable((at === 0 ? label : "").padEnd(labelWidth));
  return lines.map((line, at) => {
    const body = safe`${margin(at)}${line}`;
    return at === 0 ? safe`${mark === null ? safe`-` : markOf(mark, look)} ${body}` : safe`  ${body}`;
  });
}

/** "1 failure, 2 warnings" */
export function summaryText(findings: readonly Finding[]): string {
  const [failures, warnings] = [countOf(findings, "wrong"), countOf(findings, "doubtful")];
  const parts = [
    failures === 0 ? "" : counted(failures, "failure"),
    warnings === 0 ? "" : counted(warnings, "warning"),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "Nothing is wrong" : parts.join(", ");
}
