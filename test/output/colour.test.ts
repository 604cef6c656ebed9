import { expect, test } from "vitest";
import { coloursFor, linked } from "../../src/output/colour.ts";

test("a paint takes one text, whatever map() adds to it", async () => {
  const { dim } = await coloursFor({ colourLevel: 1 });
  expect(["one", "two"].map(dim)).toEqual(["\u001b[2mone\u001b[22m", "\u001b[2mtwo\u001b[22m"]);
});

test("without colour a paint changes nothing", async () => {
  const { yellow } = await coloursFor({ colourLevel: 0 });
  expect(yellow("~.90")).toBe("~.90");
});

test("a link can't be ended early by its own address", () => {
  const text = linked("title", "https://www.last.fm/music/A\u001b\\B/%C3%A9", { hyperlinks: true });
  expect(text).toBe("\u001b]8;;https://www.last.fm/music/A%1B%5CB/%C3%A9\u001b\\title\u001b]8;;\u001b\\");
  expect(linked("title", null, { hyperlinks: true })).toBe("title");
  expect(linked("title", "https://x", { hyperlinks: false })).toBe("title");
});
