import { assert, asyncProperty, dictionary, jsonValue, string } from "fast-check";
import { describe, expect, test } from "vitest";
import type { SafeText } from "../../src/output/escape.ts";
import { jsonText, writeJson } from "../../src/output/json.ts";
import { present, type TableView } from "../../src/output/present.ts";
import type { Screen } from "../../src/output/screen.ts";
import { plainScreen } from "../support/plain-screen.ts";

interface Row {
  readonly id: number;
  readonly title: string;
}

function sheet(parts: Partial<Screen> = {}): {
  readonly screen: Screen;
  readonly written: string[];
  readonly noted: string[];
  write(text: SafeText): Promise<void>;
  note(text: string): void;
} {
  const written: string[] = [];
  const noted: string[] = [];
  return {
    screen: plainScreen(parts),
    written,
    noted,
    note: (text) => void noted.push(text),
    write: (text) => Promise.resolve(void written.push(text)),
  };
}

const view = (lines: readonly Row[], parts: Partial<TableView<Row>> = {}): TableView<Row> => ({
  columns: () => [{ header: "#", cell: ({ id }) => id }],
  lines,
  footer: () => [["3 of 3"]],
  empty: () => "There is nothing.",
  ...parts,
});

async function shown(table: TableView<Row>, isTerminal: boolean, pageNumber?: number): Promise<string> {
  return (await shownAndNoted(table, isTerminal, pageNumber))[0];
}

async function shownAndNoted(
  table: TableView<Row>,
  isTerminal: boolean,
  pageNumber?: number,
): Promise<[shown: string, noted: string]> {
  const output = sheet({ isTerminal });
  const paging = pageNumber === undefined ? null : { page: pageNumber, limit: 20 };
  await present(output, { as: "table", paging }, { fields: [], rows: [], table: () => table });
  return [output.written.join(""), output.noted.join("")];
}

const draw = (lines: readonly Row[]) => lines.map(({ title }) => title as SafeText);

describe("a table", () => {
  test("draws something else on a terminal alone; no footer, no line for it", async () => {
    const rows = [{ id: 7, title: "Amnesiac" }];
    expect(await shown(view(rows, { draw, footer: () => [] }), true)).toBe("Amnesiac\n");
    expect(await shown(view(rows, { draw, footer: () => [] }), false)).toBe("7\n");
  });

  const page = { total: 41, noun: "album" };
  const shared = { ...page, rows: 35 };
  test.each<[string, Partial<TableView<Row>>, number | undefined, string]>([
    ["is empty", {}, 4, "There is nothing.\n"],
    ["is past the end", { page }, 4, "Page 4 is past the end: 41 albums on 3 pages.\n"],
    ["is empty whatever the page", { page: { ...page, total: 0 } }, 4, "There is nothing.\n"],
    [
      "is past the end, where several share a line",
      { page: shared },
      3,
      "Page 3 is past the end: 41 albums on 2 pages.\n",
    ],
    ["is empty without pages", { page }, undefined, "There is nothing.\n"],
  ])("%s: a sentence on a terminal, and on stderr in a pipe", async (_, parts, pageNumber, sentence) => {
    expect(await shownAndNoted(view([], parts), true, pageNumber)).toEqual([sentence, ""]);
    expect(await shownAndNoted(view([], parts), false, pageNumber)).toEqual(["", sentence.trimEnd()]);
  });
});

describe("forms for programs", () => {
  test.each([true, false])(
    "a document written item by item is the same JSON (terminal: %s)",
    async (isTerminal) => {
      const documents = dictionary(string(), jsonValue({ maxDepth: 3 }), { noNullPrototype: true });
      await assert(
        asyncProperty(documents, async (document) => {
          const output = sheet({ isTerminal });
          await writeJson(output, document);
          expect(output.written.join("")).toBe(jsonText(document, { indent: isTerminal }));
        }),
        { seed: 9 },
      );
    },
  );

  test("a list of a document is gone through while it is written", async () => {
    const output = sheet({ isTerminal: false });
    let writesBeforeLast = 0;
    const data = {
      *[Symbol.iterator]() {
        for (let id = 0; id < 20_000; id += 1) {
          writesBeforeLast = output.written.length;
          yield { id };
        }
      },
    };
    await writeJson(output, { data, total: 20_000 });
    expect(writesBeforeLast).toBeGreaterThan(5);
    const written = JSON.parse(output.written.join("")) as { data: unknown[]; total: number };
    expect(written.data).toHaveLength(20_000);
  });
});
