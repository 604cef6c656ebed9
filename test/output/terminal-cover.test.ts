// A cover beside the text, as each kind of terminal takes it.
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import {
  detectCoverProtocol,
  renderBlockCover,
  renderItermCover,
  renderKittyCover,
} from "../../src/output/terminal-cover.ts";
import { paintPixels } from "../support/test-images.ts";

const capableTerminal = { isTerminal: true, colourLevel: 3, unicode: true } as const;

test.each([
  [{ TERM_PROGRAM: "iTerm.app" }, "iterm2"],
  [{ TERM_PROGRAM: "WezTerm", TERM: "xterm-256color" }, "iterm2"],
  [{ TERM: "xterm-kitty" }, "kitty"],
  [{ TERM: "xterm-ghostty" }, "kitty"],
  [{ KONSOLE_VERSION: "230804" }, "kitty"],
  [{ KONSOLE_VERSION: "200400" }, "blocks"],
  [{ TERM: "xterm-256color" }, "blocks"],
  [{ TERM_PROGRAM: "vscode" }, "blocks"],
  // A multiplexer in between draws cells.
  [{ TERM: "tmux-256color", TERM_PROGRAM: "iTerm.app" }, "blocks"],
  [{ TERM: "xterm-kitty", TMUX: "default,1,0" }, "blocks"],
  [{ TERM: "xterm-kitty", STY: "1.pts" }, "blocks"],
  [{ TERM: "dumb", TERM_PROGRAM: "iTerm.app" }, null],
] as const)("detects for %j the image protocol %j", (env, way) => {
  expect(detectCoverProtocol(capableTerminal, env)).toBe(way);
});

const size = { columns: 4, rows: 2 };
const stripEscapes = stripVTControlCharacters;
/** Writes ␛ in place of the escape character. */
const showEscapes = (text: string): string => text.replaceAll("\u001b", "␛");

test("draws two pixels per cell in half blocks, and resets colours at the end", () => {
  const { lines, picture } = renderBlockCover(
    paintPixels(4, 4, (x, y) => [x, y, 9]),
    size,
  );
  expect(picture).toBe("");
  expect(lines.map(stripEscapes)).toEqual(["▀▀▀▀", "▀▀▀▀"]);
  expect(lines[1]).toBe(
    [0, 1, 2, 3].map((x) => `\u001b[38;2;${x};2;9m\u001b[48;2;${x};3;9m▀`).join("") + "\u001b[0m",
  );
});

test("draws transparent pixels dark", () => {
  const { lines } = renderBlockCover(
    paintPixels(4, 4, () => [200, 100, 50, 0]),
    size,
  );
  expect(lines[0]).toBe("\u001b[38;2;0;0;0m\u001b[48;2;0;0;0m▀".repeat(4) + "\u001b[0m");
});

test.each([
  [4, 1, ["▄▄▄▄", "    "]],
  [4, 2, ["▄▄▄▄", "▀▀▀▀"]],
  [1, 4, [" ▀  ", " ▀  "]],
])("centres a picture of %i × %i", (width, height, shown) => {
  expect(
    renderBlockCover(
      paintPixels(width, height, () => [1, 2, 3]),
      size,
    ).lines.map(stripEscapes),
  ).toEqual(shown);
});

test("sends the file to iTerm2, and pixels in pieces of 4096 characters to kitty", () => {
  const file = Buffer.from("a file");
  expect(renderItermCover(file, size).picture).toBe(
    `\u001b]1337;File=inline=1;size=6;width=4;height=2;preserveAspectRatio=1:${file.toString("base64")}\u0007`,
  );
  const raster = paintPixels(50, 40, (x, y) => [x, y, 3]);
  const pieces = showEscapes(renderKittyCover(raster, size).picture).split("␛\\").slice(0, -1);
  expect(pieces[0]).toMatch(/^␛_Ga=T,f=32,s=50,v=40,c=4,r=2,q=2,C=1,m=1;[\w+/]{4096}$/);
  expect(pieces.slice(1, -1).every((piece) => /^␛_Gm=1;[\w+/]{4096}$/.test(piece))).toBe(true);
  expect(pieces.at(-1)).toMatch(/^␛_Gm=0;[\w+/]+=*$/);
  const sent = pieces.map((piece) => piece.slice(piece.indexOf(";") + 1)).join("");
  expect(Buffer.from(sent, "base64").equals(raster.rgba)).toBe(true);
});
