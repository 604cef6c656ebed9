// Random text through everything that writes it. In the suite a small part; the long trial is test/trials/text.mjs.
import type { CellValue, Field } from "../../src/output/field.ts";
import { expect, test } from "vitest";
import { present } from "../../src/output/present.ts";
import { plainScreen } from "../support/plain-screen.ts";
import { between, pick, seeded } from "../support/random.ts";
import { expectCsv, expectMarkdown, expectSafeCsv, expectTsv, rawIn, type Rows } from "./checks.ts";

const trials = Number(process.env["REWIND_TRIALS"] ?? 250);
const firstSeed = Number(process.env["REWIND_SEED"] ?? 1);

type Random = () => number;

/** What a text may hold next: one letter of a kind that somebody has to mind. */
const kinds: readonly ((random: Random) => string)[] = [
  (random) => String.fromCharCode(between(random, 0x20, 0x7e)),
  (random) => String.fromCharCode(between(random, 0, 0x1f)),
  (random) => String.fromCharCode(between(random, 0x7f, 0x9f)),
  (random) => String.fromCharCode(between(random, 0xd800, 0xdfff)),
  (random) => String.fromCodePoint(between(random, 0x1f300, 0x1faff)),
  (random) => String.fromCharCode(between(random, 0x4e00, 0x9fff)),
  (random) => String.fromCharCode(between(random, 0x300, 0x36f)),
  (random) => String.fromCharCode(between(random, 0x2000, 0x206f)),
  (random) =>
    pick(random, ["=", "+", "-", "@", "'", '"', ",", ";", "|", "\\", "`", "<", "&", " ", "\uff1d", "\ufeff"]),
  (random) => pick(random, ["\n", "\r", "\r\n", "\t", "\u0085", "\u2028", "\v", "\f"]),
  (random) =>
    pick(random, [
      "\u001b[2J",
      "\u001b]8;;file:///\u001b\\",
      "\u001b[8m",
      "\u009b8m",
      "\u202e",
      "\u2066",
      "\u061c",
    ]),
];

function textOf(random: Random): string {
  return Array.from({ length: between(random, 0, 12) }, () => pick(random, kinds)(random)).join("");
}

function valueOf(random: Random): CellValue {
  const number = between(random, -9e9, 9e9);
  return pick<() => CellValue>(random, [
    () => textOf(random),
    () => textOf(random),
    () => textOf(random),
    () => [textOf(random), textOf(random)],
    () => number,
    () => BigInt(number) * 10_000_000_000n,
    () => null,
    () => number > 0,
  ])();
}

async function written(
  form: Parameters<typeof present>[1],
  fields: readonly Field<CellValue[]>[],
  rows: CellValue[][],
  isTerminal = false,
): Promise<string> {
  let text = "";
  const write = (piece: string): Promise<void> => {
    text += piece;
    return Promise.resolve();
  };
  const screen = plainScreen({ isTerminal });
  await present({ screen, write }, form, { fields, rows, table: () => ({ lines: rows }) });
  return text;
}

async function listingHolds(random: Random): Promise<void> {
  const names = ["one", "two", "three"].slice(0, between(random, 1, 3));
  const fields = names.map((name, at): Field<CellValue[]> => ({ name, value: (row) => row[at] ?? null }));
  const rows = Array.from({ length: between(random, 0, 4) }, () => names.map(() => valueOf(random)));
  const expected: Rows = {
    names,
    rows: rows.map((cells) => cells.map((value) => (typeof value === "bigint" ? String(value) : value))),
  };
  expectCsv(await written({ as: "csv" }, fields, rows), expected);
  expectSafeCsv(await written({ as: "csv", safeCsv: true }, fields, rows), expected);
  expectTsv(await written({ as: "tsv" }, fields, rows), expected);
  expectMarkdown(await written({ as: "markdown" }, fields, rows), expected);
  const lines = (await written({ as: "ndjson" }, fields, rows)).split("\n").slice(0, -1);
  expect(lines.map((line) => Object.values(JSON.parse(line) as object))).toEqual(expected.rows);
  for (const as of ["csv", "json", "ndjson", "tsv", "markdown"] as const) {
    const text = await written({ as }, fields, rows, true);
    expect(rawIn(text.replaceAll("\r\n", "\n").replaceAll("\t", " "))).toBeUndefined();
  }
}

test("whatever a text holds, nothing raw of it is shown, and programs get it whole", async () => {
  let seed = firstSeed;
  for (; seed < firstSeed + trials; seed += 1) {
    try {
      await listingHolds(seeded(seed));
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
  expect(seed).toBe(firstSeed + trials);
}, 3_600_000);
