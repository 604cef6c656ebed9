// Files made to exhaust memory or time. Each is imported by the built program at two sizes: npm run --silent build, then
//   npx vitest run --config test/stress/vitest.config.ts hostile-imports
// REWIND_BUILD names the folder of another build to measure.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { createTempDirectory } from "../support/temp-directories.ts";
import { buildZip, type ZipEntry } from "../support/build-zip.ts";

const program = join(
  process.env["REWIND_BUILD"] ?? fileURLToPath(new URL("../..", import.meta.url)),
  "bin",
  "rewind.js",
);
/** Writes peak memory in kB and processor time in microseconds. */
const atExit = `data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>{
  const{maxRSS,userCPUTime,systemCPUTime}=process.resourceUsage();writeSync(3,JSON.stringify({maxRSS,cpu:userCPUTime+systemCPUTime}))})`;

const maxMegabytes = 150;
/** Twice the input may take three times the processor time. */
const maxGrowth = 3;
const maxCpuSeconds = 60;
/** The limit of a process that systems set by default. */
const maxOpenFiles = 1_024;

interface ImportMeasurement {
  readonly code: number | null;
  readonly megabytes: number;
  readonly seconds: number;
  readonly stderr: string;
}

function importFiles(paths: readonly string[], database: string): ImportMeasurement {
  const { status, stderr, output } = spawnSync(
    "sh",
    [
      "-c",
      `ulimit -n ${maxOpenFiles}; exec "$0" "$@"`,
      process.execPath,
      "--import",
      atExit,
      program,
      "--db",
      database,
      "import",
      ...paths,
    ],
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      timeout: maxCpuSeconds * 6000,
      killSignal: "SIGKILL",
    },
  );
  const { maxRSS = Number.NaN, cpu = Number.NaN } = JSON.parse(output[3] || "{}") as Record<string, number>;
  return { code: status, megabytes: Math.round(maxRSS / 1024), seconds: cpu / 1e6, stderr };
}

/** A zip with one entry that is not packed. */
function buildStoredZip(name: string, content: Buffer): Buffer {
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt32LE(crc32(content), 10);
  facts.writeUInt32LE(content.length, 14);
  facts.writeUInt32LE(content.length, 18);
  facts.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), facts, Buffer.from(name), content]);
  return Buffer.concat([local, buildZipDirectory([{ facts, name, offset: 0 }], local.length)]);
}

function buildZipDirectory(
  entries: readonly { readonly facts: Buffer; readonly name: string; readonly offset: number }[],
  start: number,
): Buffer {
  const parts = entries.map(({ facts, name, offset }) => {
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    return Buffer.concat([
      Buffer.from("PK\u0001\u0002\u0014\u0000", "latin1"),
      facts,
      rest,
      Buffer.from(name),
    ]);
  });
  const listing = Buffer.concat(parts);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([listing, end]);
}

/** A zip whose directory lists its only entry many times. */
function buildSharedEntryZip(entry: ZipEntry, count: number): Buffer {
  const zip = buildZip([entry]);
  const start = zip.readUInt32LE(zip.length - 6);
  const facts = zip.subarray(4, 30);
  const one = { facts, name: entry.name, offset: 0 };
  return Buffer.concat([
    zip.subarray(0, start),
    buildZipDirectory(
      Array.from({ length: count }, () => one),
      start,
    ),
  ]);
}

const header = "uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid\n";
const buildCsv = (count: number, row: (at: number) => readonly [uts: number, name: string]): string =>
  header +
  Array.from({ length: count }, (_, at) => {
    const [uts, name] = row(at);
    return `${uts},,Artist ${name},,Album ${name},,Track ${name},\n`;
  }).join("");
const buildSpreadCsv = (count: number, seconds: number): string =>
  buildCsv(count, (at) => [1_100_000_000 + at * seconds, String(at % 9973)]);

interface Trial {
  readonly name: string;
  /** The smaller size. */
  readonly size: number;
  readonly files: (size: number) => Readonly<Record<string, string | Buffer>>;
  /** The file is imported a second time, and the second time is measured. */
  readonly isAgain?: true;
}

const trials: readonly Trial[] = [
  {
    name: "inner zips that share one entry",
    size: 100,
    files: (size) => {
      const content = buildStoredZip("a.txt", Buffer.alloc(9_900_000));
      return { "a.zip": buildSharedEntryZip({ name: "b.zip", content }, size) };
    },
  },
  {
    name: "plays that a zip claims many times",
    size: 100,
    files: (size) => ({
      "a.zip": buildSharedEntryZip({ name: "a.csv", content: buildSpreadCsv(100_000, 400) }, size),
    }),
  },
  ...[",", ",,\n", '"ts" ', '[{"', "a\t", ";", "#\n", " ", '{"track":', '""'].map((unit) => ({
    name: `${JSON.stringify(unit)} without end`,
    size: 20,
    files: (size: number) => ({
      "a.zip": buildZip(
        Array.from({ length: size }, (_, at) => ({
          name: String(at),
          content: unit.repeat(66_000 / unit.length),
        })),
      ),
    }),
  })),
  {
    name: "files with large heads in a zip",
    size: 800,
    files: (size) => ({
      "a.zip": buildZip(
        Array.from({ length: size }, (_, at) => ({
          name: String(at),
          content: `${header}${" ".repeat(70_000)}`,
        })),
      ),
    }),
  },
  ...["list", "lines"].map((shape) => ({
    name: `empty values in one entry of JSON (${shape})`,
    size: 2,
    files: (size: number) => {
      const entry = `{"ts":"","ms_played":1,"listened_at":1,"track_metadata":{},"x":[${"{},".repeat(2_600_000)}{}]}`;
      const content = shape === "list" ? `[${entry}]` : entry;
      return { "a.zip": buildZip(Array.from({ length: size }, (_, at) => ({ name: String(at), content }))) };
    },
  })),
  {
    name: "columns without end",
    size: 100,
    files: (size) => ({
      "a.csv": `uts,utc_time,artist,track${Array.from({ length: size * 300 }, (_, at) => `,c${at}`).join("")}\n${`1700000000,,a,b${",".repeat(size * 300)}\n`.repeat(60)}`,
    }),
  },
  {
    name: "daily totals of a million plays",
    size: 700,
    files: (size) => ({
      "a.csv": `Track Description,Date Played,Play Count\n${Array.from({ length: size }, (_, at) => `A - B,${20100101 + (at % 28)},1440\n`).join("")}`,
    }),
  },
  { name: "plays of a whole life", size: 60_000, files: (size) => ({ "a.csv": buildSpreadCsv(size, 400) }) },
  {
    name: "plays of as many artists",
    size: 60_000,
    files: (size) => ({ "a.csv": buildCsv(size, (at) => [1_100_000_000 + at * 800, String(at)]) }),
  },
  {
    name: "albums of one title",
    size: 30_000,
    files: (size) => ({
      "a.csv": buildCsv(size, (at) => [1_100_000_000 + at * 800, String(at)]).replaceAll(
        /Album \d+/g,
        "Greatest Hits",
      ),
    }),
  },
  {
    name: "plays of one quarter",
    size: 49_000,
    files: (size) => ({ "a.csv": buildCsv(size, (at) => [1_700_000_000 + at * 20, String(at % 9973)]) }),
  },
  {
    name: "plays of one second",
    size: 10_000,
    files: (size) => ({ "a.csv": buildCsv(size, (at) => [1_700_000_000, String(at)]) }),
  },
  {
    name: "plays of one second, a second time",
    size: 10_000,
    isAgain: true,
    files: (size) => ({ "a.csv": buildCsv(size, (at) => [1_700_000_000, String(at)]) }),
  },
  {
    name: "zips in a folder",
    size: 750,
    files: (size) =>
      Object.fromEntries(
        Array.from({ length: size }, (_, at) => [
          `${at}.zip`,
          buildZip([
            { name: "a.csv", content: buildCsv(3, (row) => [1_700_000_000 + at * 1000 + row, "x"]) },
          ]),
        ]),
      ),
  },
];

test.each(trials)("$name", { timeout: 3_600_000 }, ({ name, size, files, isAgain }) => {
  const [small, large] = [size, 2 * size].map((count) => {
    const home = createTempDirectory("rewind-hostile");
    const folder = join(home, "files");
    mkdirSync(folder);
    for (const [file, content] of Object.entries(files(count))) writeFileSync(join(folder, file), content);
    const database = join(home, "rewind.db");
    if (isAgain === true) importFiles([folder], database);
    return importFiles([folder], database);
  }) as [ImportMeasurement, ImportMeasurement];
  const growth = large.seconds / small.seconds;
  console.log(
    `${name}: ${small.megabytes} and ${large.megabytes} MB, ${small.seconds.toFixed(1)} and ${large.seconds.toFixed(1)} s, exit ${small.code} and ${large.code} ${large.stderr.split("\n")[0]?.slice(-90)}`,
  );
  for (const { code, megabytes } of [small, large]) {
    expect([0, 2]).toContain(code);
    expect(megabytes).toBeLessThan(maxMegabytes);
  }
  expect(growth).toBeLessThan(maxGrowth);
});
