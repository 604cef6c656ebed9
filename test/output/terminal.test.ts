import { describe, expect, test } from "vitest";
import { toTerminalText, detectTerminal } from "../../src/output/terminal.ts";

const terminal = { isTTY: true, columns: 100 };

describe("colour", () => {
  test.each([
    ["a terminal", terminal, { TERM: "xterm-256color" }, {}, 2],
    ["a pipe", {}, { TERM: "xterm-256color" }, {}, 0],
    ["NO_COLOR", terminal, { NO_COLOR: "1" }, {}, 0],
    ["an empty NO_COLOR", terminal, { NO_COLOR: "", TERM: "xterm" }, {}, 1],
    ["a dumb terminal", terminal, { TERM: "dumb" }, {}, 0],
    ["FORCE_COLOR in a pipe", {}, { FORCE_COLOR: "1" }, {}, 1],
    ["FORCE_COLOR=0", terminal, { FORCE_COLOR: "0" }, {}, 0],
    ["--no-color over FORCE_COLOR", terminal, { FORCE_COLOR: "3" }, { colour: false }, 0],
  ] as const)("%s", (_, stream, env, options, level) => {
    expect(detectTerminal(stream, env, options).colourLevel).toBe(level);
  });
});

test.each([
  [{}, true],
  [{ LANG: "en_US.UTF-8" }, true],
  [{ LANG: "C" }, false],
  [{ LC_ALL: "C", LANG: "en_US.UTF-8" }, false],
  [{ TERM: "dumb", LANG: "en_US.UTF-8" }, false],
])("detects for %j UTF-8: %s", (env, unicode) => {
  expect(detectTerminal(terminal, env).unicode).toBe(unicode);
});

test("assumes the default width for a terminal of unknown size", () => {
  expect(detectTerminal({ isTTY: true, columns: 0 }, {}).width).toBe(80);
  expect(detectTerminal({ isTTY: true, columns: 0 }, { COLUMNS: "120" }).width).toBe(120);
});

test("has an ASCII form for each glyph", () => {
  expect(toTerminalText("2×LP … · ★ ▣ ██▌ ──", { unicode: false })).toBe("2xLP ... - * + ## --");
});
