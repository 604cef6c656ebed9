// What a careful reviewer of command-line tools looks for, a row each: held here, or by the tests that the row names.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runCli, runCliJson, type CliResult } from "../support/run-cli.ts";
import { everyDeclaration, longFlag } from "../support/declarations.ts";
import { sampleHome } from "../support/sample-home.ts";
import { cliWorld } from "../support/cli-world.ts";

interface Norm {
  readonly norm: string;
  /** Titles of tests that hold it too, by file. */
  readonly heldBy?: Readonly<Record<string, readonly string[]>>;
  readonly check?: () => Promise<void> | void;
}

const onSample = async (...argv: readonly string[]): Promise<CliResult> =>
  runCli(argv, { home: await sampleHome() });

const chapters: Readonly<Record<string, readonly Norm[]>> = {
  "streams and output": [
    {
      norm: "data alone on stdout, all else on stderr",
      check: async () => {
        const person = await cliWorld();
        const { stdout, stderr } = await person.rewind(["sync", "--json"]);
        expect(Object.keys(JSON.parse(stdout) as object)).not.toEqual([]);
        expect(stderr).toContain("Discogs");
      },
      heldBy: { "commands/refresh.test.ts": ["on a terminal it says what it does and leaves no trace"] },
    },
    {
      norm: "--json is one document, of nothing too",
      check: async () => {
        const { code, stdout } = await onSample("xref", "--artist", "Nobody At All", "--json");
        expect({ code, lines: stdout.trimEnd().split("\n").length }).toEqual({ code: 0, lines: 1 });
        expect(JSON.parse(stdout)).toMatchObject({
          data: [],
          summary: { total_matches: expect.any(Number) },
        });
      },
    },
    {
      norm: "the keys of JSON are those of the contract",
      heldBy: {
        "queries/document.test.ts": ["every command that has --json describes its keys"],
        "mcp/tools.test.ts": ["is data: by the schema, nothing raw, no line of its own"],
      },
    },
    {
      norm: "--json of a failure: nothing on stdout, a code, a message on stderr",
      check: async () => {
        const { code, stdout, stderr } = await runCli(["xref", "--json"]);
        expect({ code, stdout }).toEqual({ code: 5, stdout: "" });
        expect(stderr).toMatch(/^rewind: nothing is synced yet/);
      },
    },
    {
      norm: "colour only where it is wanted, judged for each stream",
      heldBy: { "output/screen.test.ts": ["colour"] },
    },
    {
      norm: "a table in a pipe: no codes, no boxes, nothing cut, a line a record",
      check: async () => {
        const { stdout } = await onSample("xref", "--all", "--kind", "any", "--copies");
        for (const sign of ["\u001b", "─", "…"]) expect(stdout).not.toContain(sign);
        expect(stdout.trimEnd().split("\n")).toHaveLength(64);
      },
      heldBy: { "output/table.test.ts": ["in a pipe nothing is cut and columns are aligned"] },
    },
    {
      norm: "wide letters keep their columns",
      heldBy: {
        "output/width.test.ts": ["padding counts columns, not code units", "a wide letter is never halved"],
        "gate/widths.test.ts": ["$path of odd texts is no wider"],
      },
    },
    {
      norm: "what terminals would obey does not reach them",
      heldBy: { "gate/gate.test.ts": ["shows nothing raw on a terminal, wide or narrow"] },
    },
    {
      norm: "a reader that leaves early is no failure",
      heldBy: {
        "cli/process.test.ts": ["a reader who leaves early is no error"],
        "platforms.test.ts": ["a reader that left, by the name that each system has for it"],
      },
    },
    {
      norm: "a pager for what overflows a terminal alone, and a way to do without",
      heldBy: {
        "cli/pager.test.ts": ["with PAGER=%s a whole list is shown by %s", "of %s nothing is paged"],
      },
    },
    {
      norm: "--quiet leaves data and errors, --verbose adds the requests",
      check: async () => {
        const person = await cliWorld();
        expect(await person.rewind(["sync", "--quiet"])).toMatchObject({ code: 0, stdout: "", stderr: "" });
      },
      heldBy: { "cli/sync.test.ts": ["--verbose shows each request, free of secrets"] },
    },
    {
      norm: "dates and numbers for people on screens, raw for programs, of no locale",
      check: async () => {
        const home = await sampleHome();
        const env = { LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" };
        const plain = await runCli(["xref", "--all", "--as", "csv"], { home });
        expect((await runCli(["xref", "--all", "--as", "csv"], { home, env })).stdout).toBe(plain.stdout);
        expect(plain.stdout).toMatch(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/);
      },
      heldBy: { "output/dates.test.ts": ["days are local days"] },
    },
  ],
  "exit codes and errors": [
    {
      norm: "exit codes as documented, 0 for an empty answer, 130 at Ctrl-C",
      heldBy: {
        "reference/reference.test.ts": ["every exit code is documented"],
        "cli/process.test.ts": ["Ctrl-C in mid-sync: 130, and the next sync completes"],
        "cli/arguments.test.ts": ["a page past the end is empty, not an error"],
      },
    },
    {
      norm: "an error says what, why, and what to run next; a stack with --debug alone",
      heldBy: {
        "messages.test.ts": ["$file: $text"],
        "cli/contradictions.test.ts": [
          "every value that is refused is refused in three short lines, the last of which says what to type",
        ],
      },
    },
    {
      norm: "an unknown command, flag or word names what is allowed, and the nearest",
      check: async () => {
        const cases: [string[], RegExp, RegExp][] = [
          [["xreff"], /unknown command "xreff"\. Did you mean xref\?/, /Help: rewind --help/],
          [["xref", "--nevr"], /"--nevr"\. Did you mean --never\?/, /Help: rewind xref --help/],
          [["xref", "--sort", "plas"], /"plas" for --sort\. Did you mean plays\?/, /plays, added, artist/],
        ];
        for (const [argv, what, next] of cases) {
          const { code, stdout, stderr } = await runCli(argv);
          expect({ argv, code, stdout }).toEqual({ argv, code: 2, stdout: "" });
          expect(stderr).toMatch(what);
          expect(stderr).toMatch(next);
        }
      },
    },
    {
      norm: "numbers that make no sense are refused, a page beyond the last is empty",
      check: async () => {
        for (const value of ["0", "-1", "abc", "1e9", "9999999999999999999"]) {
          const { code, stderr } = await onSample("xref", "--limit", value);
          expect({ value, code }).toEqual({ value, code: 2 });
          expect(stderr).toMatch(/--limit/);
        }
        expect(
          await runCliJson(["xref", "--page", "9999", "--json"], { home: await sampleHome() }),
        ).toMatchObject({ data: [], pagination: { page: 9999 } });
      },
    },
    {
      norm: "what the services are known to say is told in words",
      heldBy: {
        "sources/lastfm.test.ts": [
          "a key that is rejected or suspended is told with the page to get one",
          "%s for good is an error of exit code 3 that names service and call",
          "a hidden history leaves user and chart as they are",
        ],
        "sources/discogs.test.ts": [
          "a rejected token is told at once",
          "private listings, unknown users and foreign folders are told apart, each at the first answer",
          "an address that stays throttled is given up after three waits, each twice as long",
        ],
      },
    },
    {
      norm: "no network, proxy, DNS, TLS: said within bounds of time",
      heldBy: {
        "sources/http.test.ts": [
          "a refused connection and an unknown name mean no network",
          "a server that speaks no TLS is not reached over https",
          "without a network the user is told within seconds, after two tries",
          "timeout: %s",
        ],
      },
    },
  ],
  "secrets and settings": [
    {
      norm: "which setting wins, and where each comes from; secrets masked",
      heldBy: {
        "commands/config.test.ts": [
          "every setting with its value and where it comes from; of secrets only that they are set",
          "set and unset say where the environment wins",
        ],
      },
    },
    {
      norm: "files where each system has them, and one flag to name another cache",
      heldBy: {
        "platforms.test.ts": ["$on, $where: settings, cache and compiled code"],
        "paths.test.ts": ["%j on %s"],
      },
    },
    {
      norm: "no flag takes a secret",
      check: async () => {
        const flags = (await everyDeclaration()).flatMap(({ path, declaration: { options = [] } }) =>
          options.map((option) => `${path.join(" ")} ${option.flags}`),
        );
        expect(flags.filter((flag) => /token|secret|password|--(?:api-)?key\b/i.test(flag))).toEqual([]);
      },
      heldBy: {
        "commands/login.test.ts": ["--stdin takes JSON, asks nothing, and says whose data it found"],
      },
    },
    {
      norm: "files of secrets are their owner's alone, written whole, and closed where they aren't",
      heldBy: {
        "commands/config.test.ts": ["the file is its owner's alone, and nothing else is left beside it"],
        "cli/files.test.ts": ["what others can reach is closed, and told once"],
      },
    },
    {
      norm: "no secret in a message, an address, the cache, JSON",
      heldBy: {
        "sources/secrets.test.ts": ["no secret in error, cause, report or wait, whatever comes back: %s"],
        "support/cli-world.ts": ["expectNoSecret"],
      },
    },
    {
      norm: "a first run without settings: what to do, code 4, no crash",
      heldBy: { "cli/sync.test.ts": ["without settings it names each, where to get it, and makes no file"] },
    },
    {
      norm: "the set-up checks token, user, listening and counts",
      heldBy: {
        "commands/login.test.ts": [
          "from nothing to the first answer",
          "hidden listening is told with the way to change it, and saved all the same",
        ],
      },
    },
  ],
  "network and sync": [
    {
      norm: "a sign of life at once; pages, rate and time left on a terminal, lines elsewhere",
      heldBy: {
        "cli/loaded-packages.test.ts": [
          "the first line of a sync on a terminal is there before anything that fetches or draws is loaded",
        ],
        "output/sync-lines.test.ts": [
          "a running step shows rows, pages and the time left, with a bar by rows",
        ],
      },
    },
    {
      norm: "paced by headers, Retry-After kept, tries bounded, a name of one's own",
      heldBy: {
        "sources/pacing.test.ts": ["a smaller limit is learned from the first answer"],
        "sources/discogs.test.ts": ["a wait that is asked for is kept; one beyond patience is told at once"],
        "sources/retry.test.ts": ["no back-off is longer than a quarter of a minute, however many tries"],
        "sources/user-agent.test.ts": ["%j"],
      },
    },
    {
      norm: "interrupted anywhere it goes on later; a second Ctrl-C ends it",
      heldBy: {
        "sync/kill.test.ts": ["${kills} kills"],
        "cli/process.test.ts": ["a second Ctrl-C ends it at once, even where it can't hear of it"],
        "platforms.test.ts": ["the second Ctrl-C is the system's own"],
      },
    },
    {
      norm: "nothing is removed without a whole, counted listing",
      heldBy: {
        "sync/removal-storms.test.ts": ["storm %i"],
        "sync/removals.test.ts": [
          "a storm that no other count bears out is held for six hours, and comes back with its ids",
        ],
        "sync/walk.test.ts": ["a row that is listed twice is one row"],
      },
    },
    {
      norm: "a sync with nothing new asks little and changes nothing; two at once are kept apart",
      heldBy: {
        "cli/second-service.test.ts": [
          "what is new is a request or two, and counts; nothing new changes nothing",
        ],
        "sync/two-syncs.test.ts": ["a second sync in this process is refused"],
      },
    },
    {
      norm: "questions never ask the network, and say how old they are",
      heldBy: {
        "cli/loaded-packages.test.ts": [
          "answers for programs load SQLite besides, and nothing that draws or fetches",
        ],
        "commands/refresh.test.ts": ["each asks the services with it, and nobody without it"],
      },
    },
    {
      norm: "of a part that failed the rest is kept, and it is said",
      heldBy: {
        "cli/sync.test.ts": ["one service down: the other is kept, the last line says what is missing"],
      },
    },
  ],
  "shape of the tool": [
    {
      norm: "every way to the help, with examples; --version is one line",
      heldBy: {
        "cli/arguments.test.ts": ["rewind %j shows what there is", "--version is one line"],
        "program.test.ts": ["rewind %s --help leads to examples, and can be run"],
      },
    },
    {
      norm: "a flag means the same everywhere; short ones are few; their order is free",
      check: async () => {
        const options = (await everyDeclaration()).flatMap(({ declaration }) => declaration.options ?? []);
        const short = new Map<string, Set<string>>();
        const takes = new Map<string, Set<boolean>>();
        for (const option of options) {
          const letter = /^-\w/.exec(option.flags)?.[0];
          const long = longFlag(option);
          if (letter !== undefined) short.set(letter, (short.get(letter) ?? new Set()).add(long));
          takes.set(long, (takes.get(long) ?? new Set()).add(/[<[]/.test(option.flags)));
        }
        expect([...short].filter(([, longs]) => longs.size > 1)).toEqual([]);
        expect([...takes].filter(([, forms]) => forms.size > 1).map(([long]) => long)).toEqual([]);
        expect(short.size).toBeLessThan(10);
      },
      heldBy: { "cli/arguments.test.ts": ["what every command takes may stand anywhere on the line"] },
    },
    {
      norm: "nobody is asked but at a terminal, and not with --no-input",
      check: async () => {
        for (const options of [{}, { tty: { stdin: true } }, { tty: { stdout: true } }]) {
          expect(await runCli(["login"], options)).toMatchObject({ code: 2, stdout: "" });
        }
        const { code, stderr } = await runCli(["login", "--no-input"], { tty: true });
        expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining("--stdin") });
      },
    },
    {
      norm: "completion for four shells with values, a manual of the same source",
      heldBy: {
        "program/complete/shells.test.ts": ["$shell"],
        "program/complete/complete.test.ts": [
          "the words that a flag takes, behind a blank or an equals sign",
        ],
        "reference/reference.test.ts": [
          "the manual is what the declarations make of it; if not: npm run docs",
        ],
      },
    },
    {
      norm: "pages joined are the whole list",
      heldBy: {
        "cli/arguments.test.ts": ["all the pages joined are the unpaged list"],
        "queries/record-order.test.ts": ["reverse %s: pages joined are the unpaged list"],
      },
    },
    {
      norm: "older, newer and damaged caches are explained and left",
      heldBy: {
        "cli/old-format.test.ts": ["is refused and left as it is, and its decisions import into a new one"],
        "cli/files.test.ts": ["%s in place of the cache"],
      },
    },
    {
      norm: "installs from a tarball on every Node, and the start is measured",
      check: () => {
        const matrix = read("matrix.sh");
        for (const tool of ["npm@10", "npm@11", "npm@12", "pnpm@latest"]) expect(matrix).toContain(tool);
        expect(existsSync(join(root, "bench/start-up.mjs"))).toBe(true);
      },
      heldBy: {
        "cli/install.test.ts": ["the package holds what it runs and names nothing that it leaves out"],
      },
    },
    {
      norm: "what may change is said, nothing is reported home, and how to be rid of it",
      check: () => {
        expect(read("../CHANGELOG.md")).toMatch(/Keys of the JSON\s+forms are only ever added to/);
        expect(read("../docs/guide/your-data.md")).toContain("npm rm -g rewind-shelf");
      },
      heldBy: { "sources/http.test.ts": ["connections are kept alive and closed when all is done"] },
    },
  ],
};

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

test("there are forty", () => {
  expect(Object.values(chapters).flat()).toHaveLength(40);
});

describe.each(Object.entries(chapters))("%s", (_, norms) => {
  test.each(norms)("$norm", async ({ check, heldBy = {} }) => {
    expect(check ?? Object.keys(heldBy)[0]).toBeDefined();
    const lost = Object.entries(heldBy).flatMap(([file, titles]) =>
      titles.filter((title) => !read(file).includes(title)).map((title) => `${file}: ${title}`),
    );
    expect(lost).toEqual([]);
    await check?.();
  });
});
