// No output is raw: every command in every form, in a pipe and on a terminal, over a cache in which every text is hostile.
// Commands and forms are read from their declarations, columns from the cache's own schema: new ones enter unasked.
import { describe, expect, test } from "vitest";
import { createMemoryServices, type Listings } from "../../src/demo/memory-services.ts";
import { ServiceError } from "../../src/model/errors.ts";
import type { ListeningServices } from "../../src/sources/services/service-clients.ts";
import { buildRecord, buildAlbumPlays, buildWant } from "../support/filled-cache.ts";
import { listRunnableCommands } from "../support/declarations.ts";
import { runCli, type CliOptions, type CliResult } from "../support/run-cli.ts";
import { nowUts } from "../support/small-collection.ts";
import { buildChart } from "../support/service-data.ts";
import {
  expectCsv,
  expectMarkdown,
  expectSafeCsv,
  expectTsv,
  findRawText,
  parseNdjson,
  listWrongLinks,
  type Rows,
} from "./output-checks.ts";
import {
  examples,
  getExamples,
  listFormats,
  buildLine,
  listSwitches,
  type CommandLine,
  type OutputFormat,
} from "./command-lines.ts";
import { createExtremeHome, hostileHome } from "./hostile-cache.ts";
import { makeHostile, longHostileText } from "./hostile-text.ts";
import { sampleItems } from "../support/sampling.ts";

const now = nowUts * 1000 + 7_200_000;
/** A terminal that shows everything. */
const terminal = { TERM: "xterm-kitty", COLORTERM: "truecolor", VTE_VERSION: "7000" };

const declared = await listRunnableCommands();

function poisonValue<Value>(value: Value): Value {
  if (typeof value === "string") return makeHostile(value) as Value;
  if (Array.isArray(value)) return value.map(poisonValue) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, poisonValue(each as unknown)]),
  ) as Value;
}

function createHostileServices(): ListeningServices {
  const plays = buildAlbumPlays("Can", "Tago Mago", { from: "2026-02-01T20:00:00Z", tracks: 7 });
  const listings: Listings = {
    discogsUser: "digger",
    lastfmUser: "owl",
    records: [buildRecord({ artist: "Can", title: "Tago Mago", fieldValues: [{ fieldId: 4, value: "C4" }] })],
    wants: [buildWant({ artist: "Neu!", title: "Neu!" })],
    folders: [{ id: 1, name: "Uncategorized" }],
    customFields: [{ id: 4, name: "Shelf", position: 1 }],
    albums: buildChart(plays),
    scrobbles: plays,
  };
  return createMemoryServices({ ...poisonValue(listings), discogsUser: "digger", lastfmUser: "owl" });
}

interface Run extends CliResult, Pick<CommandLine, "reports"> {
  readonly argv: readonly string[];
}

async function runLine(home: string, line: CommandLine, options: CliOptions): Promise<Run> {
  const { argv, stdin, env, syncs, reports } = line;
  const result = await runCli(argv, {
    now,
    ...(syncs === true
      ? { services: createHostileServices(), accounts: { collection: null, listening: "owl" } }
      : { home }),
    ...(stdin === undefined ? {} : { stdin }),
    ...options,
    env: { ...options.env, ...env },
  });
  return { ...result, argv, ...(reports === undefined ? {} : { reports }) };
}

/** Returns all that was wrong about it, whatever was asked and however it ended. */
function findFaults({ argv, code, stdout, stderr, reports }: Run, form: OutputFormat["name"]): string[] {
  // The output's own line ends and tabs.
  const text =
    form === "tsv"
      ? stdout.replaceAll("\t", " ")
      : form.startsWith("csv")
        ? stdout.replaceAll("\r\n", "\n")
        : stdout;
  const faults = [
    ...[findRawText(text)].map((raw) => (raw === undefined ? "" : `raw on stdout: ${raw}`)),
    ...[findRawText(stderr)].map((raw) => (raw === undefined ? "" : `raw on stderr: ${raw}`)),
    ...listWrongLinks(stdout + stderr).map((address) => `a link to ${address}`),
    // Programs get a day as Discogs sends it; people see at most seconds.
    ...[...((form === "table" ? stdout : "") + stderr).matchAll(/\d\d:\d\d:\d\d\.\d+/g)].map(
      ([time]) => `a time of ${time}`,
    ),
    code === 1 && reports !== true ? `ended with 1: ${JSON.stringify(stderr)}` : "",
  ];
  return faults.filter((fault) => fault !== "").map((fault) => `rewind ${JSON.stringify(argv)}: ${fault}`);
}

test("has examples of exactly the declared commands", () => {
  expect(Object.keys(examples).toSorted()).toEqual(declared.map(({ path }) => path).toSorted());
  expect(Object.entries(examples).filter(([, lines]) => lines.length === 0)).toEqual([]);
});

/** How each form proves to hold the rows that lines of JSON hold. */
const checksByFormat: Readonly<Partial<Record<OutputFormat["name"], (text: string, rows: Rows) => void>>> = {
  csv: expectCsv,
  "csv, safe": expectSafeCsv,
  tsv: expectTsv,
  markdown: expectMarkdown,
  ndjson: (text, rows) => {
    expect(parseNdjson(text)).toEqual(rows);
  },
};

describe.each(declared)("$path", (command) => {
  const forms = listFormats(command);

  test("shows nothing raw on a terminal, wide or narrow", async () => {
    const { home, renew } = await hostileHome();
    const faults: string[] = [];
    for (const example of sampleItems(command.path, getExamples(command), 1, 8)) {
      for (const { name, flags } of sampleItems(`${command.path} forms`, forms, 2)) {
        for (const columns of name === "table" ? [220, 44] : [80]) {
          const run = await runLine(home, buildLine(command, example, flags), {
            tty: true,
            columns,
            env: terminal,
          });
          faults.push(...findFaults(run, name));
          renew();
        }
      }
    }
    expect(faults).toEqual([]);
  });

  test("shows nothing raw with any of its switches", async () => {
    const { home, renew } = await hostileHome();
    const [example] = getExamples(command);
    if (example === undefined) throw new Error("no example");
    const faults: string[] = [];
    for (const flag of sampleItems(command.path, listSwitches(command), 1)) {
      for (const tty of [true, false]) {
        const line = buildLine(command, example, [flag]);
        const run = await runLine(home, line, { tty, columns: 120, env: tty ? terminal : {} });
        faults.push(...findFaults(run, "table"));
        renew();
      }
    }
    expect(faults).toEqual([]);
  });

  test("writes the same complete rows in every format", async () => {
    const { home, renew } = await hostileHome();
    const faults: string[] = [];
    for (const example of sampleItems(`${command.path} rows`, getExamples(command), 1, 8)) {
      let rows: Rows | undefined;
      // Lines of JSON come first: by them the other forms are judged.
      for (const { name, flags } of forms.toSorted((a, b) => rankFormat(a) - rankFormat(b))) {
        const run = await runLine(home, buildLine(command, example, flags), {});
        renew();
        // CSV gives names as they are: it is for programs alone.
        faults.push(...findFaults({ ...run, stdout: name.startsWith("csv") ? "" : run.stdout }, name));
        if (run.code !== 0) {
          if (run.stdout !== "" && example.reports !== true)
            faults.push(`a part was written: ${JSON.stringify(run.argv)}`);
          continue;
        }
        // A line of an export is a listen, and its table has other columns: export.test.ts compares what they say.
        if (name === "ndjson" && command.path !== "export plays") rows = parseNdjson(run.stdout);
        if (name === "json") JSON.parse(run.stdout);
        if (rows !== undefined) checksByFormat[name]?.(run.stdout, rows);
      }
    }
    expect(faults).toEqual([]);
  });
});

describe.each(["least", "most"] as const)("with numbers and times at their %s", (end) => {
  // The demo has a cache of its own.
  const reading = declared.filter(({ path }) => path !== "demo");
  test.each(sampleItems(end, reading, 20, 30))("$path answers", async (command) => {
    const { home, renew } = await createExtremeHome(end);
    const faults: string[] = [];
    for (const example of sampleItems(`${command.path} ${end}`, getExamples(command), 1)) {
      for (const { name, flags } of listFormats(command).filter((form) =>
        /^(?:table|json)$/.test(form.name),
      )) {
        for (const tty of name === "table" ? [true, false] : [false]) {
          const run = await runLine(home, buildLine(command, example, flags), { tty, columns: 120 });
          renew();
          faults.push(...findFaults(run, name));
          const odd = /\b(?:NaN|Infinity|undefined|Invalid|\[object)\b/.exec(run.stdout)?.[0];
          if (odd !== undefined) faults.push(`${odd}: ${JSON.stringify(run.argv)}`);
          if (name === "json" && run.code === 0) JSON.parse(run.stdout);
        }
      }
    }
    expect(faults).toEqual([]);
  });
});

const rankFormat = ({ name }: OutputFormat): number => (name === "ndjson" ? 0 : 1);

describe("errors contain nothing raw", () => {
  const services = createHostileServices();
  const createFailingServices = (failure: Error): ListeningServices => ({
    ...services,
    listening: {
      ...services.listening,
      fetchAlbumPage: async () => {
        await Promise.resolve();
        throw failure;
      },
    },
  });

  test.each([
    [["status", "--db", `/nowhere/${longHostileText.replaceAll("\u0000", "")}`]],
    [[longHostileText]],
    [["help", longHostileText]],
    [["xref", `--${longHostileText}`]],
    [["xref", "--limit", longHostileText]],
    [["xref", "--as", longHostileText]],
    [["sql", `SELECT '${longHostileText}`]],
    [["links", "import", longHostileText.replaceAll("\u0000", "")]],
    [["explain", longHostileText]],
  ])("in the error of %j", async (argv) => {
    const { home } = await hostileHome();
    for (const flags of [[], ["--debug"]]) {
      const run = await runLine(
        home,
        { argv: [...argv, ...flags] },
        { tty: true, columns: 80, env: terminal },
      );
      expect(findFaults(run, "table")).toEqual([]);
      expect(run.stdout + run.stderr).not.toBe("");
    }
  });

  test.each([
    ["by a service", new ServiceError(longHostileText, `${longHostileText}\n${longHostileText}`)],
    ["by a mistake of ours", new Error(longHostileText)],
  ])("in %s, with its stack", async (_, failure) => {
    for (const tty of [true, false]) {
      const { code, stderr } = await runCli(["sync", "--debug", "--verbose"], {
        tty,
        env: tty ? terminal : {},
        services: createFailingServices(failure),
        accounts: { collection: null, listening: "owl" },
      });
      expect(code).not.toBe(0);
      expect(stderr).toContain("    at ");
      expect(findRawText(stderr)).toBeUndefined();
    }
  });
});
