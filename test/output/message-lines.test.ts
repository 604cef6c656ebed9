// Errors and what to run next on terminals of any width.
import { expect, test } from "vitest";
import { wrapMessage } from "../../src/output/paragraph.ts";
import { measureWidth } from "../../src/output/width.ts";
import { toPrintable } from "../../src/output/safe-text.ts";
import { runCli } from "../support/run-cli.ts";

const createTerminal = (width: number) => ({ isTerminal: true, width, unicode: true });

test.each([
  [
    "words are kept whole",
    "rewind: Discogs can't be reached: 127.0.0.1:9: connection refused",
    40,
    ["rewind: Discogs can't be reached:", "127.0.0.1:9: connection refused"],
  ],
  [
    "two ways out stand below each other",
    "Run: rewind login, then rewind sync        Without accounts: rewind demo",
    60,
    ["Run: rewind login, then rewind sync", "Without accounts: rewind demo"],
  ],
  [
    "what is typed gets a line of its own",
    "Done in 1 s. Next: rewind xref --never --kind album --sort artist-plays",
    60,
    ["Done in 1 s. Next:", "rewind xref --never --kind album --sort artist-plays"],
  ],
  [
    "and isn't broken, however long",
    "Undo it: rewind link 17,18,19 --add a103,a104,a105 --not a106",
    30,
    ["Undo it:", "rewind link 17,18,19 --add a103,a104,a105 --not a106"],
  ],
  [
    "several commands stand below each other",
    "Any command works on it: rewind demo stats · rewind demo xref --sort artist-plays",
    60,
    ["Any command works on it: rewind demo stats", "rewind demo xref --sort artist-plays"],
  ],
  [
    "a message is no command, though it names one",
    "rewind: rewind login asks questions, so it needs a terminal and can't take --no-input",
    60,
    ["rewind: rewind login asks questions, so it needs a terminal", "and can't take --no-input"],
  ],
  ...(
    [
      ["may not send to", "ListenBrainz yet"],
      ["has no token of", "music.example.org"],
      ["cannot ask you", "here in this script"],
      ["needs a token", "of your own account"],
    ] as const
  ).map(
    ([start, end]) =>
      [
        `what rewind ${start} is no command`,
        `rewind: rewind ${start} ${end}`,
        30,
        [`rewind: rewind ${start}`, end],
      ] as const,
  ),
  [
    "what fits stays",
    "Help: rewind xref --help        Or: rewind",
    60,
    ["Help: rewind xref --help        Or: rewind"],
  ],
] as const)("%s", (_, line, width, expected) => {
  expect(wrapMessage([line], createTerminal(width))).toEqual(expected);
  expect(wrapMessage([line], { ...createTerminal(width), isTerminal: false })).toEqual([line]);
});

const nowhere = "/nowhere/that/is/far/from/everything/rewind.db";

test.each([
  ["before the first sync", ["xref"]],
  ["without accounts", ["sync"]],
  ["a wrong word", ["xref", "--sort", "plas"]],
  ["a cache that can't be made", ["sync", "--db", nowhere]],
])("an error on a narrow terminal breaks no word: %s", async (_, argv) => {
  for (const columns of [40, 60, 80]) {
    const { stderr: written } = await runCli(argv, { tty: true, columns });
    // The first line of a sync is erased.
    const stderr = written.slice(written.lastIndexOf("\u001b[2K") + 1).replace(/^\[2K/, "");
    const broken = stderr
      .trimEnd()
      .split("\n")
      .filter((line) => measureWidth(toPrintable(line)) > columns)
      // A word, a command or a path that is longer than the screen.
      .filter((line) => line.includes(" ") && !line.startsWith("rewind "));
    expect(broken).toEqual([]);
    const piped = await runCli(argv);
    expect(stderr.replaceAll(/\s+/g, " ")).toBe(piped.stderr.replaceAll(/\s+/g, " "));
  }
});
