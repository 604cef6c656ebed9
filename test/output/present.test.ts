import { assert, asyncProperty, dictionary, jsonValue, string } from "fast-check";
import { describe, expect, test } from "vitest";
import type { SafeText } from "../../src/output/safe-text.ts";
import { renderJson, writeJson } from "../../src/output/json.ts";
import { present, type TableView } from "../../src/output/present.ts";
import type { Terminal } from "../../src/output/terminal.ts";
import { createPlainTerminal } from "../support/plain-terminal.ts";

interface Row {
  readonly id: number;
  readonly title: string;
}

function createCapture(parts: Partial<Terminal> = {}): {
  readonly screen: Terminal;
  readonly written: string[];
  readonly noted: string[];
  write(text: SafeText): Promise<void>;
  note(text: string): void;
} {
  const written: string[] = [];
  const noted: string[] = [];
  return {
    screen: createPlainTerminal(parts),
    written,
    noted,
    note: (text) => void noted.push(text),
    write: (text) => Promise.resolve(void written.push(text)),
  };
}

const buildView = (lines: readonly Row[], parts: Partial<TableView<Row>> = {}): TableView<Row> => ({
  columns: () => [{ header: "#", cell: ({ id }) => id }],
  lines,
  footer: () => [["3 of 3"]],
  empty: () => "There is nothing.",
  ...parts,
});

async function renderShown(table: TableView<Row>, isTerminal: boolean, pageNumber?: number): Promise<string> {
  return (await shownAndNoted(table, isTerminal, pageNumber))[0];
}

async function shownAndNoted(
  table: TableView<Row>,
  isTerminal: boolean,
  pageNumber?: number,
): Promise<[shown: string, noted: string]> {
  const output = createCapture({ isTerminal });
  const paging = pageNumber === undefined ? null : { page: pageNumber, limit: 20 };
  await present(output, { as: "table", paging }, { fields: [], rows: [], table: () => table });
  return [output.written.join(""), output.noted.join("")];
}

const drawTitles = (lines: readonly Row[]) => lines.map(({ title }) => title as SafeText);

describe("a table", () => {
  test("draws rows differently only on a terminal, and omits an empty footer", async () => {
    const rows = [{ id: 7, title: "Amnesiac" }];
    expect(await renderShown(buildView(rows, { draw: drawTitles, footer: () => [] }), true)).toBe(
      "Amnesiac\n",
    );
    expect(await renderShown(buildView(rows, { draw: drawTitles, footer: () => [] }), false)).toBe("7\n");
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
    expect(await shownAndNoted(buildView([], parts), true, pageNumber)).toEqual([sentence, ""]);
    expect(await shownAndNoted(buildView([], parts), false, pageNumber)).toEqual(["", sentence.trimEnd()]);
  });
});

describe("formats for programs", () => {
  test.each([true, false])("write the same JSON item by item (terminal: %s)", async (isTerminal) => {
    const documents = dictionary(string(), jsonValue({ maxDepth: 3 }), { noNullPrototype: true });
    await assert(
      asyncProperty(documents, async (document) => {
        const output = createCapture({ isTerminal });
        await writeJson(output, document);
        expect(output.written.join("")).toBe(renderJson(document, { indent: isTerminal }));
      }),
      { seed: 9 },
    );
  });

  test("iterate a list of a document while it is written", async () => {
    const output = createCapture({ isTerminal: false });
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
