import { expect, test } from "vitest";
import { loadColours, renderLink } from "../../src/output/terminal.ts";
import { toPrintable, safe } from "../../src/output/safe-text.ts";

test("a colour function can be the callback of map()", async () => {
  const { dim } = await loadColours({ colourLevel: 1 });
  expect(["one", "two"].map(toPrintable).map(dim)).toEqual([
    "\u001b[2mone\u001b[22m",
    "\u001b[2mtwo\u001b[22m",
  ]);
});

test("without colour a paint changes nothing", async () => {
  const { yellow } = await loadColours({ colourLevel: 0 });
  expect(yellow(safe`~.90`)).toBe("~.90");
});

const title = safe`title`;
const renderTitleLink = (url: string | null): string => renderLink(title, url, { hyperlinks: true });

test("a link can't be ended early by its own address", () => {
  expect(renderTitleLink("https://www.last.fm/music/A\u001b\\B/%C3%A9")).toBe(
    "\u001b]8;;https://www.last.fm/music/A%1B%5CB/%C3%A9\u001b\\title\u001b]8;;\u001b\\",
  );
  expect(renderTitleLink("https://www.last.fm/music/\ud83d")).toContain("/music/%EF%BF%BD\u001b");
});

test.each(["https://discogs.com/", "https://www.discogs.com/release/1", "https://last.fm/music/Can"])(
  "links to %s",
  (url) => {
    expect(renderTitleLink(url)).toContain(`\u001b]8;;${url}\u001b`);
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
])("does not link %j", (url) => {
  expect(renderTitleLink(url)).toBe("title");
});

test("writes no link if the terminal shows none", () => {
  expect(renderLink(title, "https://www.last.fm/", { hyperlinks: false })).toBe("title");
});
