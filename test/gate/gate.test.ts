// Nothing raw: every command in every form, in a pipe and on a terminal, over a cache in which every text is hostile.
// Commands and forms are read from their declarations, columns from the cache's own schema: new ones enter unasked.
import { describe, expect, test } from "vitest";
import { memoryServices, type Listings } from "../../src/demo/memory-services.ts";
import { ServiceError } from "../../src/model/errors.ts";
import type { ListeningServices } from "../../src/sources/services/service-clients.ts";
import { record, sitting, want } from "../support/filled-cache.ts";
import { declaredCommands } from "../support/declarations.ts";
import { runCli, type CliOptions, type CliResult } from "../support/run-cli.ts";
import { nowUts } from "../support/small-shelf.ts";
import { chartOf } from "../support/world.ts";
import {
  expectCsv,
  expectMarkdown,
  expectSafeCsv,
  expectTsv,
  rawIn,
  rowsOfNdjson,
  wrongLinksIn,
  type Rows,
} from "./checks.ts";
import {
  examples,
  examplesOf,
  formsOf,
  lineOf,
  switchesOf,
  type CommandLine,
  type Form,
} from "./command-lines.ts";
import { extremeHome, hostileHome } from "./hostile-cache.ts";
import { hostile, loud } from "./hostile-text.ts";
import { sampled } from "../support/sample.ts";

const now = nowUts * 1000 + 7_200_000;
/** A terminal that shows everything. */
const terminal = { TERM: "xterm-kitty", COLORTERM: "truecolor", VTE_VERSION: "7000" };

const declared = await declaredCommands();

function poisoned<Value>(value: Value): Value {
  if (typeof value === "string") return hostile(value) as Value;
  if (Array.isArray(value)) return value.map(poisoned) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, poisoned(each as unknown)]),
  ) as Value;
}

function hostileServices(): ListeningServices {
  const plays = sitting("Can", "Tago Mago", { from: "2026-02-01T20:00:00Z", tracks: 7 });
  const listings: Listings = {
    discogsUser: "digger",
    lastfmUser: "owl",
    records: [record({ artist: "Can", title: "Tago Mago", fieldValues: [{ fieldId: 4, value: "C4" }] })],
    wants: [want({ artist: "Neu!", title: "Neu!" })],
    folders: [{ id: 1, name: "Uncategorized" }],
    customFields: [{ id: 4, name: "Shelf", position: 1 }],
    albums: chartOf(plays),
    scrobbles: plays,
  };
  return memoryServices({ ...poisoned(listings), discogsUser: "digger", lastfmUser: "owl" });
}

interface Run extends CliResult, Pick<CommandLine, "reports"> {
  readonly argv: readonly string[];
}

async function runLine(home: string, line: CommandLine, options: CliOptions): Promise<Run> {
  const { argv, stdin, env, syncs, reports } = line;
  const result = await runCli(argv, {
    now,
    ...(syncs === true
      ? { services: hostileServices(), accounts: { collection: null, listening: "owl" } }
      : { home }),
    ...(stdin === undefined ? {} : { stdin }),
    ...options,
    env: { ...options.env, ...env },
  });
  return { ...result, argv, ...(reports === undefined ? {} : { reports }) };
}

/** What was wrong about it, whatever was asked and however it ended. */
function faultsOf({ argv, code, stdout, stderr, reports }: Run, form: Form["name"]): string[] {
  // Its own line ends and tabs.
  const text =
    form === "tsv"
      ? stdout.replaceAll("\t", " ")
      : form.startsWith("csv")
        ? stdout.replaceAll("\r\n", "\n")
        : stdout;
  const faults = [
    ...[rawIn(text)].map((raw) => (raw === undefined ? "" : `raw on stdout: ${raw}`)),
    ...[rawIn(stderr)].map((raw) => (raw === undefined ? "" : `raw on stderr: ${raw}`)),
    ...wrongLinksIn(stdout + stderr).map((address) => `a link to ${address}`),
    // Programs get a day as Discogs sends it; people see at most seconds.
    ...[...((form === "table" ? stdout : "") + stderr).matchAll(/\d\d:\d\d:\d\d\.\d+/g)].map(
      ([time]) => `a time of ${time}`,
    ),
    code === 1 && reports !== true ? `ended with 1: ${JSON.stringify(stderr)}` : "",
  ];
  return faults.filter((fault) => fault !== "").map((fault) => `rewind ${JSON.stringify(argv)}: ${fault}`);
}

test("the gate has examples of every command that is declared, and of no other", () => {
  expect(Object.keys(examples).toSorted()).toEqual(declared.map(({ path }) => path).toSorted());
  expect(Object.entries(examples).filter(([, lines]) => lines.length === 0)).toEqual([]);
});

/** How each form proves to hold the rows that lines of JSON hold. */
const proofs: Readonly<Partial<Record<Form["name"], (text: string, rows: Rows) => void>>> = {
  csv: expectCsv,
  "csv, safe": expectSafeCsv,
  tsv: expectTsv,
  markdown: expectMarkdown,
  ndjson: (text, rows) => {
    expect(rowsOfNdjson(text)).toEqual(rows);
  },
};

describe.each(declared)("$path", (command) => {
  const forms = formsOf(command);

  test("shows nothing raw on a terminal, wide or narrow", async () => {
    const { home, renew } = await hostileHome();
    const faults: string[] = [];
    for (const example of sampled(command.path, examplesOf(command), 1)) {
      for (const { name, flags } of sampled(`${command.path} forms`, forms, 2)) {
        for (const columns of name === "table" ? [220, 44] : [80]) {
          const run = await runLine(home, lineOf(command, example, flags), {
            tty: true,
            columns,
            env: terminal,
          });
          faults.push(...faultsOf(run, name));
          renew();
        }
      }
    }
    expect(faults).toEqual([]);
  });

  test("shows nothing raw with any of its switches", async () => {
    const { home, renew } = await hostileHome();
    const [example] = examplesOf(command);
    if (example === undefined) throw new Error("no example");
    const faults: string[] = [];
    for (const flag of sampled(command.path, switchesOf(command), 1)) {
      for (const tty of [true, false]) {
        const line = lineOf(command, example, [flag]);
        const run = await runLine(home, line, { tty, columns: 120, env: tty ? terminal : {} });
        faults.push(...faultsOf(run, "table"));
        renew();
      }
    }
    expect(faults).toEqual([]);
  });

  test("gives whole rows to programs, the same in every form", async () => {
    const { home, renew } = await hostileHome();
    const faults: string[] = [];
    for (const example of sampled(`${command.path} rows`, examplesOf(command), 1)) {
      let rows: Rows | undefined;
      // Lines of JSON come first: by them the other forms are judged.
      for (const { name, flags } of forms.toSorted((a, b) => rank(a) - rank(b))) {
        const run = await runLine(home, lineOf(command, example, flags), {});
        renew();
        // CSV gives names as they are: it is for programs alone.
        faults.push(...faultsOf({ ...run, stdout: name.startsWith("csv") ? "" : run.stdout }, name));
        if (run.code !== 0) {
          if (run.stdout !== "" && example.reports !== true)
            faults.push(`a part was written: ${JSON.stringify(run.argv)}`);
          continue;
        }
        if (name === "ndjson") rows = rowsOfNdjson(run.stdout);
        if (name === "json") JSON.parse(run.stdout);
        if (rows !== undefined) proofs[name]?.(run.stdout, rows);
      }
    }
    expect(faults).toEqual([]);
  });
});

describe.each(["least", "most"] as const)("numbers and times at their %s", (end) => {
  test.each(sampled(end, declared, 20))("$path answers as ever", async (command) => {
    const { home, renew } = await extremeHome(end);
    const faults: string[] = [];
    for (const example of sampled(`${command.path} ${end}`, examplesOf(command), 1)) {
      for (const { name, flags } of formsOf(command).filter((form) => /^(?:table|json)$/.test(form.name))) {
        for (const tty of name === "table" ? [true, false] : [false]) {
          const run = await runLine(home, lineOf(command, example, flags), { tty, columns: 120 });
          renew();
          faults.push(...faultsOf(run, name));
          const odd = /\b(?:NaN|Infinity|undefined|Invalid|\[object)\b/.exec(run.stdout)?.[0];
          if (odd !== undefined) faults.push(`${odd}: ${JSON.stringify(run.argv)}`);
          if (name === "json" && run.code === 0) JSON.parse(run.stdout);
        }
      }
    }
    expect(faults).toEqual([]);
  });
});

const rank = ({ name }: Form): number => (name === "ndjson" ? 0 : 1);

describe("what goes wrong is said with nothing raw in it", () => {
  const services = hostileServices();
  const failing = (failure: Error): ListeningServices => ({
    ...services,
    listening: {
      ...services.listening,
      albumsPage: async () => {
        await Promise.resolve();
        throw failure;
      },
    },
  });

  test.each([
    [["status", "--db", `/nowhere/${loud.replaceAll("\u0000", "")}`]],
    [[loud]],
    [["help", loud]],
    [["xref", `--${loud}`]],
    [["xref", "--limit", loud]],
    [["xref", "--as", loud]],
    [["sql", `SELECT '${loud}`]],
    [["links", "import", loud.replaceAll("\u0000", "")]],
    [["explain", loud]],
  ])("%j", async (argv) => {
    const { home } = await hostileHome();
    for (const flags of [[], ["--debug"]]) {
      const run = await runLine(
        home,
        { argv: [...argv, ...flags] },
        { tty: true, columns: 80, env: terminal },
      );
      expect(faultsOf(run, "table")).toEqual([]);
      expect(run.stdout + run.stderr).not.toBe("");
    }
  });

  test.each([
    ["by a service", new ServiceError(loud, `${loud}\n${loud}`)],
    ["by a mistake of ours", new Error(loud)],
  ])("%s, with its stack", async (_, failure) => {
    for (const tty of [true, false]) {
      const { code, stderr } = await runCli(["sync", "--debug", "--verbose"], {
        tty,
        env: tty ? terminal : {},
        services: failing(failure),
        accounts: { collection: null, listening: "owl" },
      });
      expect(code).not.toBe(0);
      expect(stderr).toContain("    at ");
      expect(rawIn(stderr)).toBeUndefined();
    }
  });
});
