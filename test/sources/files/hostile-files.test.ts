// Files that are damaged, cut off, in another encoding, or made to do harm: an error that names file and line.
import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  exportFormats,
  type SamplePlay,
  getExportFormat,
  buildSpotifyRow,
  buildSpotifyZip,
} from "../../support/export-formats.ts";
import { readHistoryContent, readHistoryFiles, writeFiles } from "../../support/read-history.ts";
import { UnreadableFile } from "../../../src/sources/files/file-format.ts";
import { isFullRun } from "../../support/sampling.ts";
import { createTempDirectory } from "../../support/temp-directories.ts";
import { buildZip } from "../../support/build-zip.ts";

const plays: readonly SamplePlay[] = Array.from({ length: 40 }, (_, at) => ({
  startUts: 1_700_000_000 + at * 300,
  artist: "Björk",
  album: "Début",
  title: `Track ${at}`,
  seconds: 200,
}));
const rows = plays.map((play) => buildSpotifyRow(play));
const spotify = `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`;
const csv = getExportFormat("lastfm-csv").text(plays);
const log = getExportFormat("scrobbler-log").text(plays);

const cutLine = (text: string, line: number, letters = 30): string =>
  `${text
    .split("\n")
    .slice(0, line - 1)
    .join("\n")}\n${text.split("\n")[line - 1]?.slice(0, letters) ?? ""}`;

test.each([
  [
    "an entry that is not JSON",
    spotify.replace('"Track 5"', "Track 5"),
    /, line 7: entry 6 is not valid JSON/,
  ],
  ["something behind the list", `${spotify}x`, /, line 43: it is not valid JSON/],
  [
    "a number in place of an entry",
    spotify.replace("},\n", "},\n7,\n"),
    /, line 3: entry 2 has another shape/,
  ],
  [
    "deep nesting",
    spotify.replace('"Track 5"', "[".repeat(90)),
    /, line 7: it is nested more than 64 levels deep/,
  ],
  [
    "an entry without end",
    `[{"ts":"","ms_played":1,"x":"${"x".repeat(9_000_000)}"}]`,
    /, line 1: an entry is too long/,
  ],
  [
    "CSV that was cut off",
    cutLine(csv, 20, 12),
    /, line 20: the row is not valid CSV: the file is damaged or was cut off/,
  ],
  [
    "CSV with a comma in a time without quotes",
    csv.replace('"14 Nov 2023 22:38"', "14 Nov 2023, 22:38"),
    /, line \d+: the row has 9 cells for 8 columns: a text with "," needs quotes$/,
  ],
  ["CSV within quotes", cutLine(csv, 20), /, line \d+: a quote is never closed: the file was cut off/],
  ["CSV with a quote in a field", csv.replace("Track 5", 'Tr"ack" 5'), /, line 8: the row is not valid CSV/],
  [
    "CSV with a word for a time",
    csv.replace('"1700001500"', '"noon"').replace("14 Nov 2023 22:38", "noon"),
    /, line 8: "[^"]*" is not a time/,
  ],
  [
    "CSV with an endless row",
    `${csv}"${"x".repeat(2_000_000)}`,
    /: a row is too long|: a quote is never closed/,
  ],
  ["a log that was cut off", cutLine(log, 20, 18), /, line 20: the line lacks fields/],
])("%s", async (_, content, complaint) => {
  await expect(readHistoryContent(content)).rejects.toThrow(complaint);
});

test.each([
  ["UTF-16", Buffer.from(`\ufeff${csv}`, "utf16le")],
  ["UTF-16 without a mark", Buffer.from(csv, "utf16le")],
  ["UTF-16, the other byte first", Buffer.from(`\ufeff${csv}`, "utf16le").swap16()],
])("reads %s", async (_, content) => {
  const { plays: found } = await readHistoryContent(content);
  expect(found["lastfm-file"]?.map(({ artist }) => artist)).toEqual(plays.map(() => "Björk"));
});

test("reads Windows-1252 if it is named, and reports its first character otherwise", async () => {
  const content = Buffer.from(csv, "latin1");
  await expect(readHistoryContent(content)).rejects.toThrow(/: a character is not valid UTF-8/);
  await expect(readHistoryContent(content)).rejects.toMatchObject({
    hint: expect.stringContaining("--encoding windows-1252"),
  });
  const { plays: found } = await readHistoryContent(content, { encoding: "windows-1252" });
  expect(found["lastfm-file"]?.[0]?.artist).toBe("Björk");
});

const zeros = Buffer.alloc(60_000_000);

test.each([
  ["cut off", buildSpotifyZip(plays).subarray(0, 2000), /: the zip is damaged, was cut off, /],
  [
    "with a damaged entry",
    Buffer.concat([
      buildSpotifyZip(plays).subarray(0, 400),
      Buffer.alloc(300, 7),
      buildSpotifyZip(plays).subarray(700),
    ]),
    /: the zip is damaged, was cut off, /,
  ],
  [
    "that unpacks to a thousand times its size",
    buildZip([
      { name: "a.json", content: Buffer.concat([Buffer.from(`[${JSON.stringify(rows[0])},`), zeros]) },
    ]),
    /a\.json: it would unpack to far more than an export holds$/,
  ],
  [
    "that lies about a size",
    buildZip([{ name: "a.json", content: spotify, claimedBytes: 500 }]),
    /: the zip is damaged, was cut off, /,
  ],
  [
    "with a password",
    buildZip([{ name: "a.json", content: spotify, isEncrypted: true }]),
    /a\.json: it is encrypted$/,
  ],
  [
    "with a name that leads out of it",
    buildZip([{ name: "../../../etc/a.json", content: spotify }]),
    /: the zip .* has a file name that leads out of it$/,
  ],
  [
    "with too many files",
    buildZip(Array.from({ length: 5001 }, (_, at) => ({ name: String(at), content: "x" }))),
    /: it has more than 5000 files, too many for an export$/,
  ],
])("refuses a zip %s", async (_, content, complaint) => {
  await expect(readHistoryContent(content)).rejects.toThrow(complaint);
});

test("a pipe, a device, a missing file and a folder without histories are refused at once", async () => {
  const folder = createTempDirectory();
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  await expect(readHistoryFiles([pipe])).rejects.toThrow(/pipe: this is a pipe or a device, not a file$/);
  await expect(readHistoryFiles(["/dev/zero"])).rejects.toThrow(/this is a pipe or a device, not a file$/);
  await expect(readHistoryFiles([join(folder, "nothing")])).rejects.toThrow(
    /nothing: there is no such file$/,
  );
  // The pipe in it is passed over, and so is a link that leads back.
  symlinkSync(folder, join(folder, "again"));
  await expect(readHistoryFiles([folder])).rejects.toThrow(/: this is not a listening history/);
});

test("one damaged file among many is named", async () => {
  const paths = writeFiles({ "a.json": spotify, "b.json": cutLine(spotify, 9), "c.csv": csv });
  await expect(readHistoryFiles(paths)).rejects.toThrow(/b\.json, line 9: /);
});

test("decisions are not a history: the error names the command that reads them", async () => {
  await expect(readHistoryContent('{"version":1,"decisions":[]}')).rejects.toMatchObject({
    hint: expect.stringContaining("rewind links import"),
  });
});

test.each(exportFormats)(
  "$format $generation, cut or damaged anywhere, is refused or read",
  async ({ text }) => {
    const bytes = Buffer.from(text(plays));
    const invalid: unknown[] = [];
    for (let at = 1; at < 24; at += isFullRun ? 2 : 4) {
      const place = Math.floor((bytes.length * at) / 24);
      const damaged = Buffer.from(bytes);
      damaged[place] = (at * 37) % 256;
      for (const content of [bytes.subarray(0, place), damaged]) {
        await readHistoryContent(content).catch((error: unknown) => {
          if (!(error instanceof UnreadableFile)) invalid.push(error);
        });
      }
    }
    expect(invalid).toEqual([]);
  },
);
