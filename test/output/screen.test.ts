import { describe, expect, test } from "vitest";
import { screenText, screenOf } from "../../src/output/screen.ts";

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
    expect(screenOf(stream, env, options).colourLevel).toBe(level);
  });
});

test.each([
  [{}, true],
  [{ LANG: "en_US.UTF-8" }, true],
  [{ LANG: "C" }, false],
  [{ LC_ALL: "C", LANG: "en_US.UTF-8" }, false],
  [{ TERM: "dumb", LANG: "en_US.UTF-8" }, false],
])("%j: UTF-8 %s", (env, unicode) => {
  expect(screenOf(terminal, env).unicode).toBe(unicode);
});

test("a terminal that nobody told its size is as wide as most", () => {
  expect(screenOf({ isTTY: true, columns: 0 }, {}).width).toBe(80);
  expect(screenOf({ isTTY: true, columns: 0 }, { COLUMNS: "120" }).width).toBe(120);
});

test("glyphs of ours have an ASCII form each", () => {
  expect(screenText("2×LP … · ★ ▣ ██▌ ──", { unicode: false })).toBe("2xLP ... - * + ## --");
});
