// The page in a real browser. Without one these tests are skipped, loudly.
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  fillCache,
  createSharedHome,
  buildRecord,
  buildAlbumPlays,
  buildWant,
} from "../../support/filled-cache.ts";
import { generatePlays, generateRecords, generateTitles } from "../../support/generated-data.ts";
import { addCovers } from "./cover-fixture.ts";
import { runCli } from "../../support/run-cli.ts";
import { cardKinds } from "../../../src/interfaces/card/card-contents.ts";
import { createApiKey, startServer, type StartedServer } from "../../support/start-server.ts";
import { createSharedDirectory, createTempDirectory } from "../../support/temp-directories.ts";

const places = [
  process.env["CHROMIUM"] ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const executablePath = places.find((path) => path !== "" && existsSync(path));
if (executablePath === undefined) {
  console.warn(
    "SKIPPED: test/interfaces/page/browser.test.ts needs Chromium (apt-get install chromium, or CHROMIUM=path)",
  );
}

const hostileName = `</style></script><script>document.title="taken"</script><img src=https://example.org/x onerror=alert(1)>"'&amp;`;
const longName = "long".repeat(2_500);
const rightToLeft = "أم كلثوم";

/**
 * Text that leaves the screen, its drawing, or the band that it names. Text that scrolls or is cut off has an end that
 * the browser draws.
 */
const findTextOutside = `(() => {
  const outside = [];
  const fits = (box, edges) => box.left >= edges.left - 1 && box.right <= edges.right + 1 &&
    box.top >= edges.top - 1 && box.bottom <= edges.bottom + 1;
  for (const text of document.querySelectorAll("svg text")) {
    const box = text.getBoundingClientRect();
    if (box.width === 0) continue;
    const drawing = text.closest(".drawing").getBoundingClientRect();
    const bands = [...text.closest("svg").querySelectorAll("svg path")];
    const isInBand = (band) => [[box.left, box.top + 3], [box.right, box.top + 3], [box.left, box.bottom - 3], [box.right, box.bottom - 3]]
      .every(([x, y]) => band.isPointInFill(new DOMPoint(x, y).matrixTransform(band.getScreenCTM().inverse())));
    if (!fits(box, drawing) || text.matches(".on") && !bands.some(isInBand)) outside.push(text.textContent);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const screen = { left: 0, right: document.documentElement.clientWidth, top: -Infinity, bottom: Infinity };
  while (walker.nextNode()) {
    const { parentElement } = walker.currentNode;
    if (parentElement.closest("svg, nav, .scroll, .skip, .wall, .list")) continue;
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects()) if (!fits(box, screen)) outside.push(walker.currentNode.textContent);
  }
  return [...new Set(outside)];
})()`;

const views = {
  light: { viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  telephone: { viewport: { width: 390, height: 844 }, colorScheme: "light" },
} as const;

describe.skipIf(executablePath === undefined)("in a browser", () => {
  let browser: Browser;
  let address: string;
  const asked: string[] = [];
  const complaints: string[] = [];

  const titles = generateTitles(60, 41);
  const named = [hostileName, longName, rightToLeft].map((name) =>
    buildRecord({ artist: name, title: name, genres: [name] }),
  );
  const years = Array.from({ length: 2 }, (_, at) =>
    [hostileName, longName, rightToLeft].flatMap((name) =>
      buildAlbumPlays(name, name, { from: `${2020 + at}-05-0${at + 1}T20:00:00Z`, tracks: 6 }),
    ),
  );
  const folders = [
    { id: 1, name: "Uncategorized" },
    { id: 20, name: "Singles" },
  ];
  const home = createSharedHome({
    records: [...named, ...generateRecords(titles.slice(0, 20), 30, 42)],
    plays: [...years.flat(), ...generatePlays(titles, 500, 43)],
    wants: [buildWant({ artist: titles[50]?.artist ?? "", title: titles[50]?.title ?? "" })],
    folders,
  });

  beforeAll(async () => {
    addCovers(home);
    const out = join(home, "page.html");
    const { code, stderr } = await runCli(["report", "--out", out, "--covers"], { home });
    if (code !== 0) throw new Error(stderr);
    address = pathToFileURL(out).href;
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox"] });
  });

  afterAll(() => browser?.close());

  const largeHome = createSharedDirectory("rewind-home");
  let isFilled = false;
  async function createLargeHome(): Promise<string> {
    if (isFilled) return largeHome;
    isFilled = true;
    const many = generateTitles(700, 71);
    await fillCache(largeHome, {
      records: generateRecords(many.slice(0, 600), 700, 72),
      plays: generatePlays(many, 2_000, 73),
      folders,
    });
    return largeHome;
  }

  async function openView(view: keyof typeof views): Promise<Page> {
    const page = await browser.newPage(views[view]);
    page.on("request", (request) => asked.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("dialog", (dialog) => complaints.push(dialog.message()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(address);
    return page;
  }

  test("has no accessibility violations, in light and dark", async () => {
    const page = await openView("light");
    await page.evaluate(axe.source);
    const findViolations = async (options: string): Promise<unknown> =>
      page.evaluate(
        `axe.run(document, ${options}).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html))`,
      );
    expect(await findViolations("{}")).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await findViolations('{ runOnly: ["color-contrast"] }')).toEqual([]);
    await page.close();
  });

  test("fits the screen of a telephone", async () => {
    const page = await openView("telephone");
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    await page.close();
  });

  test("shows names as text, whatever markup they contain", async () => {
    const page = await openView("light");
    expect(await page.title()).toBe("CrateDigger’s shelf");
    expect(await page.evaluate("document.scripts.length")).toBe(0);
    const broken =
      "[...document.images].filter((image) => image.complete && image.naturalWidth === 0).length";
    expect(await page.evaluate(broken)).toBe(0);
    expect(await page.locator(".wall img").count()).toBeGreaterThan(10);
    const names = await page.locator(".wall b").allTextContents();
    for (const name of [hostileName, longName, rightToLeft]) expect(names).toContain(name);
    await page.close();
  });

  test("lays out hidden parts only for printing", async () => {
    const page = await openView("light");
    const isLaidOut = `document.querySelector("#years h3").checkVisibility({ contentVisibilityAuto: true })`;
    expect(await page.evaluate(isLaidOut)).toBe(false);
    await page.emulateMedia({ media: "print" });
    await page.waitForFunction(isLaidOut);
    expect(await page.locator("nav").isVisible()).toBe(false);
    await page.close();
  });

  test.each<readonly [string, keyof typeof views, readonly string[]]>([
    ["", "telephone", []],
    [" by label", "light", ["--group", "label"]],
  ])("fits the wall of a large collection%s on few screens: %s", async (_, view, flags) => {
    const large = await createLargeHome();
    const out = join(large, "large.html");
    const made = await runCli(["report", "--out", out, ...flags], { home: large });
    expect(made).toMatchObject({ code: 0, stderr: "" });
    const page = await browser.newPage({ ...views[view], bypassCSP: true });
    await page.goto(pathToFileURL(out).href);
    const measureScreens = async (): Promise<number> =>
      Number(
        await page.evaluate("document.querySelector('#wall').getBoundingClientRect().height / innerHeight"),
      );
    // Laid out as if it had been scrolled to.
    await page.addStyleTag({ content: "section, .wall li { content-visibility: visible !important }" });
    const before = await measureScreens();
    expect(before).toBeLessThan(6);
    expect(await page.evaluate("document.querySelectorAll('.wall li').length")).toBeGreaterThan(500);
    expect(
      await page.evaluate(
        "document.querySelector('#wall').offsetTop > Math.max(...[...document.querySelectorAll('svg')].map((plot) => plot.closest('section').offsetTop))",
      ),
    ).toBe(true);
    await page.locator("#wall summary").last().click();
    expect(await measureScreens()).toBeGreaterThan(before);
    await page.close();
  });

  const scripts = ["Земфира", "椎名林檎", "أم كلثوم", "Σωκράτης Μάλαμας"];
  const shelves = {
    "an empty shelf": {},
    "a single play": {
      records: [buildRecord({ artist: "Can", title: "Future Days" })],
      plays: buildAlbumPlays("Can", "Future Days", { from: "2025-12-31T12:00:00Z", tracks: 1 }),
    },
    "names in four scripts": {
      records: scripts.map((name) => buildRecord({ artist: name, title: name, genres: [name] })),
      plays: scripts.flatMap((name) =>
        buildAlbumPlays(name, name, { from: "2025-03-01T12:00:00Z", tracks: 6, count: 30 }),
      ),
    },
  };

  test("keeps all text inside its box, on every shelf and screen", async () => {
    const homes = new Map([
      ["some records with hostile names", home],
      ["a large shelf", await createLargeHome()],
    ]);
    for (const [name, shelf] of Object.entries(shelves)) {
      homes.set(name, createTempDirectory());
      await fillCache(homes.get(name) ?? "", shelf);
    }
    const page = await browser.newPage({ bypassCSP: true });
    for (const [name, each] of homes) {
      for (const flags of [[], ["--during", "2025"]]) {
        const out = join(createTempDirectory(), "page.html");
        const { stderr } = await runCli(["report", "--out", out, ...flags], { home: each });
        expect(stderr).toBe("");
        await page.goto(pathToFileURL(out).href);
        await page.addStyleTag({ content: "section, .wall li { content-visibility: visible !important }" });
        // Plots have the least room at 641 points, for what telephones leave out.
        for (const width of [390, 641, 1280, 2560]) {
          await page.setViewportSize({ width, height: 900 });
          const outside = await page.evaluate(findTextOutside);
          expect([name, ...flags, width, outside]).toEqual([name, ...flags, width, []]);
        }
      }
    }
    // The last page is a story.
    await page.evaluate(axe.source);
    expect(await page.evaluate("axe.run().then(({ violations }) => violations.map(({ id }) => id))")).toEqual(
      [],
    );
    await page.close();
  });

  test.each(cardKinds)("the card %s is well-formed, and no text of it leaves its tile", async (card) => {
    const page = await browser.newPage(views.light);
    const out = join(home, `${card}.svg`);
    expect(await runCli(["card", card, "--out", out], { home })).toMatchObject({ code: 0 });
    // A browser refuses a picture that is not well-formed.
    await page.goto(pathToFileURL(out).href);
    expect(await page.evaluate("document.documentElement.nodeName")).toBe("svg");
    const outside = await page.evaluate(`
      const picture = document.documentElement.viewBox.baseVal;
      [...document.querySelectorAll("text")].flatMap((text) => {
        const { x, y, width, height } = text.getBBox();
        const tile = text.closest("g")?.querySelector("image, rect.t, rect.m")?.getBBox() ?? picture;
        const right = tile.x + Math.max(tile.width, 16);
        return x + width > right || x < tile.x || y < 0 || y + height > picture.height ? text.textContent : [];
      })`);
    expect(outside).toEqual([]);
    await page.close();
  });

  test("searches while one types, and adds some hundred covers at a time, from a server", async () => {
    const titled = generateTitles(450, 61);
    const large = createTempDirectory();
    await fillCache(large, { records: titled.map((title) => buildRecord(title)) });
    await createApiKey(large);
    const opened: string[] = [];
    const running = await startServer(["--open"], {
      home: large,
      openPage: (link) => opened.push(link) > 0,
    });
    const page = await browser.newPage(views.light);
    page.on("console", (message) => complaints.push(message.text()));
    await page.goto(opened[0] ?? "");
    await page.waitForURL(/^http:[^?]*\/[\w-]{43}\/$/);
    const tiles = page.locator(".wall li");
    expect(await tiles.count()).toBe(100);
    const [wanted] = titled;
    await page.getByRole("searchbox").fill("zzz qqq");
    await page.locator("#answer .no").waitFor();
    await page.getByRole("searchbox").fill(`${wanted?.title.toUpperCase() ?? ""} ${wanted?.artist ?? ""}`);
    expect(await tiles.first().textContent()).toContain(wanted?.title);
    await page.locator("#answer .yes").waitFor();
    expect(await page.locator("#answer .list b").textContent()).toBe(wanted?.title);
    expect(await page.locator("output").textContent()).toMatch(/^\d+ of 450$/);
    expect(await tiles.count()).toBeLessThan(100);
    expect(await page.locator("#wall .rest > summary").isVisible()).toBe(false);
    await page.getByRole("searchbox").fill("");
    await page.locator("#answer .verdict").waitFor({ state: "detached" });
    await page.getByLabel("Order").selectOption("title");
    const names = await page.locator(".wall b").allTextContents();
    expect(names).toEqual(names.toSorted((a, b) => a.localeCompare(b, "en")));
    expect(names).toHaveLength(100);
    await page.locator("#wall .rest > summary").getByText(`Show all ${titled.length}`).click();
    await tiles.nth(399).waitFor({ state: "attached" });
    await page.evaluate("document.querySelector('#wall .rest > div').scrollIntoView()");
    // waitForFunction won't do: it evaluates text in the page, which the page's policy refuses.
    await tiles.nth(449).waitFor({ state: "attached" });
    await page.evaluate(axe.source);
    expect(
      await page.evaluate(
        "axe.run('header, .controls').then(({ violations }) => violations.map(({ id }) => id))",
      ),
    ).toEqual([]);
    await page.close();
    await running.stop();
  });

  test("sends the cookie to no other port, and keeps sessions beside a second server", async () => {
    await createApiKey(home);
    const opened: string[] = [];
    const startOpenServer = async (): Promise<StartedServer> =>
      startServer(["--open"], { home, openPage: (link) => opened.push(link) > 0 });
    const servers = [await startOpenServer(), await startOpenServer()];
    const cookies: string[] = [];
    const stranger = createServer((request, response) => {
      cookies.push(request.headers.cookie ?? "");
      response.setHeader("Set-Cookie", "rewind_session=theirs; Path=/");
      response.end("<!doctype html><title>Another program</title><img src=/x.png>");
    });
    await once(stranger.listen(0, "127.0.0.1"), "listening");
    const { port } = stranger.address() as AddressInfo;
    const visitor = await browser.newContext(views.light);
    const pages = [];
    for (const link of opened) {
      const page = await visitor.newPage();
      await page.goto(link);
      await page.waitForURL(/^http:[^?]*\/[\w-]{43}\/$/);
      pages.push(page);
    }
    expect(await visitor.cookies(pages[0]?.url())).toHaveLength(1);
    const other = await visitor.newPage();
    await other.goto(`http://127.0.0.1:${port}/`);
    expect(new Set(cookies)).toEqual(new Set(["", "rewind_session=theirs"]));
    for (const page of pages) {
      const answer = await page.reload();
      expect(answer?.status()).toBe(200);
      expect(await page.title()).toBe("CrateDigger’s shelf");
    }
    await visitor.close();
    stranger.close();
    for (const server of servers) await server.stop();
  });

  test("sends no request, and violates no rule of its content policy", () => {
    expect(new Set(asked)).toEqual(new Set([address]));
    expect(complaints).toEqual([]);
  });
});
