// The command lines that the comparison of two builds runs: every command with each of its switches, each word of its
// options and each line of its help, and questions in every form.
import { hasWords } from "../../src/queries/documents/allowed-values.ts";
import { listCommandLines, loadDeclarations, getLongFlag, getStdoutFlags } from "../support/declarations.ts";

export interface OutputLine {
  readonly argv: readonly string[];
  /** The line changes a cache or a setting, so it runs on a copy. */
  readonly isWriting: boolean;
  /** Screens have a layout for each width; programs read pipes. */
  readonly isForPrograms: boolean;
}

/** The lines that decide and log in the filled caches; "%gap" is an album not owned. */
export const decisions: readonly (readonly string[])[] = [
  ["link", "5", "--none"],
  ["link", "8", "--not", "a1"],
  ["link", "13,14", "--add", "a3"],
  ["alias", "Fela Kuti", "Olufela Anikulapo"],
  ["gaps", "hide", "%gap"],
  ["played", "3", "--on", "2026-03-01"],
  ["played", "21", "--on", "2026-02-11", "--at", "20:15", "--note", "with friends"],
  ["pick", "--snooze", "34", "--for", "6mo"],
  ["save", "never", "--", "xref", "--never", "--kind", "album"],
  ["config", "set", "shelf_field", "Shelf"],
];

/** The lines that no declaration lists: values of the shelf, spans, pages, mistakes. A word holds no blank. */
const additionalLines = `
xref --all --json
xref --page 2 --limit 7 --copies --as csv
xref --page 9999
xref --artist an --title e
xref --not-style Ambient --not-format CD
xref --year 1970s --rating 4.. --original-year ..1969
xref --plays ..5 --spins 1.. --reverse
xref --during 1y --filter unlistened
xref --added 1y --last-played ..2024
xref --sort plas
xref --year 19x5
xref --genre polka
stats --by artist --over quarter --during 2y
stats --by genre --all --json
gaps --during 1y --plays 1.. --tracks 1.. --as csv
dusty --spins 1.. --idle 30d --as csv
recent --during 1y --as csv
pick -n 5 --seed 7 --as csv
explain 1
explain 8 --verbose
explain a1 --json
explain --all --json
explain 99999
link 7 --none --json
link 7 --add a1
alias remove Nobody
gaps hide a99999
top --during 1y --not-owned --as csv
recap 2025 --json
recap 2025-W40
have nevermimd
have of --as csv
played 3 --on yesterday --dry-run --json
played 99999
sql SELECT*FROM(records)LIMIT(99) --as csv
sql SELECT*FROM(albums)LIMIT(99) --as csv
sql DELETE
never
nonsense
`;

export async function listOutputLines(): Promise<OutputLine[]> {
  const declared = await loadDeclarations();
  const reading = new Set(
    declared.flatMap(({ path, declaration }) => (declaration.isQuestion === true ? [path[0]] : [])),
  );
  const helps = declared.map(({ path }) => [...path, "--help"]);
  const words = declared.flatMap(({ path, declaration }) =>
    (declaration.options ?? []).flatMap(({ flags, choices, ...option }) =>
      hasWords(choices)
        ? choices.words.map((word) => [
            ...path,
            getLongFlag({ flags, ...option }),
            word,
            ...getStdoutFlags(declaration),
          ])
        : [],
    ),
  );
  const others = additionalLines
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
  return [[], ["--help"], ["--version"], ...helps, ...words, ...(await listCommandLines()), ...others].map(
    (argv) => ({
      argv,
      isWriting:
        argv[0] === "pick" || !reading.has(argv[0]) || /^(?:hide|unhide|add|remove)$/.test(argv[1] ?? ""),
      isForPrograms: /--json|--as (?!box|table)|^links export|^completion/.test(argv.join(" ")),
    }),
  );
}
