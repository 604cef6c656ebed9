import { expect, test } from "vitest";
import { coloursFor, linkText } from "../../src/output/screen.ts";
import { printable, safe } from "../../src/output/escape.ts";

test("a paint takes one text, whatever map() adds to it", async () => {
  const { dim } = await coloursFor({ colourLevel: 1 });
  expect(["one", "two"].map(printable).map(dim)).toEqual([
    "\u001b[2mone\u001b[22m",
    "\u001b[2mtwo\u001b[22m",
  ]);
});

test("without colour a paint changes nothing", async () => {
  const { yellow } = await coloursFor({ colourLevel: 0 });
  expect(yellow(safe`~.90`)).toBe("~.90");
});

const title = safe`title`;
const link = (url: string | null): string => linkText(title, url, { hyperlinks: true });

test("a link can't be ended early by its own address", () => {
  expect(link("https://www.last.fm/music/A\u001b\\B/%C3%A9")).toBe(
    "\u001b]8;;https://www.last.fm/music/A%1B%5CB/%C3%A9\u001b\\title\u001b]8;;\u001b\\",
  );
  expect(link("https://www.last.fm/music/\ud83d")).toContain("/music/%EF%BF%BD\u001b");
});

test.each(["https://discogs.com/", "https://www.discogs.com/release/1", "https://last.fm/music/Can"])(
  "%s is a page of the services",
  (url) => {
    expect(link(url)).toContain(`\u001b]8;;${url}\u001b`);
  },
);

test.each([
  null,
  "",
  "no address",
  "/release/1",
  "http://www.discogs.com/release/1",
  "ssh://-oProxyCommand=calc",
  "ssh://www.last.fm/",
  "javascript:alert(1)//www.last.fm",
  "file:///etc/passwd",
  "data:text/html,www.last.fm",
  "https://example.org/?www.last.fm",
  "https://notdiscogs.com/",
  "https://discogs.com.example.org/",
  "https://www.last.fm@example.org/",
  "https://user@www.last.fm/",
  "https://www.last.fm:8443/",
  "https://www.last.fm\\@example.org/",
  "https://example.org\\.last.fm/",
  "https://www.last.fm\n.example.org/",
  " https://www.last.fm/",
  "ht\ntps://www.last.fm/",
])("%j is no link", (url) => {
  expect(link(url)).toBe("title");
});

test("no link where the terminal shows none", () => {
  expect(linkText(title, "https://www.last.fm/", { hyperlinks: false })).toBe("title");
});
