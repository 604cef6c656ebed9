import { encode } from "uqr";
import { expect, test } from "vitest";
import { renderQrCode } from "../../src/output/qr-code.ts";
import type { Terminal } from "../../src/output/terminal.ts";

const screen: Terminal = { isTerminal: true, width: 80, colourLevel: 0, unicode: true, hyperlinks: false };
const address = "http://192.168.1.5:8787/session?once=Iohfi9bNyEl264uloy7A2unBr_jmd9zJP3hveltx-mY";

test("draws the light modules of a code, two rows in a line", async () => {
  const lines = (await renderQrCode(address, screen)) ?? [];
  const { data, size } = encode(address, { ecc: "L", border: 2 });
  const shown = lines.flatMap((line) => [
    line.split("").map((block) => block === " " || block === "▄"),
    line.split("").map((block) => block === " " || block === "▀"),
  ]);
  expect(shown.slice(0, size)).toEqual(data);
  expect(lines.length).toBeLessThan(24);
});

test("is white on black on a terminal with colours", async () => {
  const lines = (await renderQrCode(address, { ...screen, colourLevel: 1 })) ?? [];
  expect(lines.every((line) => line.startsWith("\u001b[97;40m") && line.endsWith("\u001b[0m"))).toBe(true);
});

test.each([
  ["in a pipe", { isTerminal: false }],
  ["without block characters", { unicode: false }],
  ["on a narrow terminal", { width: 36 }],
])("is left out %s", async (_, parts) => {
  expect(await renderQrCode(address, { ...screen, ...parts })).toBeNull();
});
