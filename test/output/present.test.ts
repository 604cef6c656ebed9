import { assert, asyncProperty, dictionary, jsonValue, string } from "fast-check";
import { describe, expect, test } from "vitest";
import type { SafeText } from "../../src/output/escape.ts";
import { jsonText, writeJson } from "../../src/output/json.ts";
import type { Field } from "../../src/output/field.ts";
import { present, type Presentation, type TableView } from "../../src/output/present.ts";
import type { Screen } from "../../src/output/screen.ts";
import { plainScreen } from "../support/plain-screen.ts";

interface Row {
  readonly id: number;
  readonly title: string;
}

function sheet(parts: Partial<Screen> = {}): {
  readonly screen: Screen;
  readonly written: string[];
  write(text: SafeText): Promise<void>;
} {
  const written: string[] = [];
  return {
    screen: plainScreen(parts),
    written,
    write: (text) => Promise.resolve(void written.push(text)),
  };
}

const fields: readonly Field<Row>[] = [
  { name: "id", value: ({ id }) => id },
  { name: "title", value: ({ title }) => title },
];

const view = (lines: Iterable<Row>, parts: Partial<TableView<Row>> = {}): TableView<Row> => ({
  columns: () => [
    { header: "#", cell: ({ id }) => id, numeric: true },
    { header: "Title", cell: ({ title }) => title, flexible: { share: 1, maxWidth: 60, cut: "end" } },
  ],
  lines,
  footer: (page) => [[`${page.lines.length} of 3`, "next: --page 2"]],
  empty: () => "There is nothing.",
  ...parts,
});

const rows: readonly Row[] = [
  { id: 7, title: "Amnesiac" },
  { id: 412, title: "In Rainbows" },
  { id: 412, title: "In Rainbows" },
];

async function shown(
  parts: Partial<Presentation<Row, Row>>,
  as: Parameters<typeof present>[1]["as"],
  screen: Partial<Screen> = {},
): Promise<string> {
  const output = sheet(screen);
  await present(output, { as }, { fields, rows, table: () => view(rows), ...parts });
  return output.written.join("");
}

describe("a table", () => {
  test("on a terminal has a header and a footer, in a pipe neither", async () => {
    expect(await shown({}, "table")).toBe(
      "  #  Title\n───  ───────────\n  7  Amnesiac\n412  In Rainbows\n412  In Rainbows\n\n3 of 3 · next: --page 2\n",
    );
    expect(await shown({}, "table", { isTerminal: false })).toBe(
      "  7  Amnesiac\n412  In Rainbows\n412  In Rainbows\n",
    );
  });

  test("draws something else on a terminal alone; no footer, no line for it", async () => {
    const drawn = view(rows, {
      draw: (lines) => lines.map(({ title }) => title as SafeText),
      footer: () => [],
    });
    expect(await shown({ table: () => drawn }, "table")).toBe("Amnesiac\nIn Rainbows\nIn Rainbows\n");
    expect(await shown({ table: () => drawn }, "table", { isTerminal: false })).toMatch(
      /^ {2}7 {2}Amnesiac\n/,
    );
  });

  const past = { paging: { page: 4, limit: 20 }, total: 41, noun: "album" };
  test.each<[string, Partial<TableView<Row>>, string]>([
    ["is empty", {}, "There is nothing.\n"],
    ["is past the end", { place: () => past }, "Page 4 is past the end: 41 albums on 3 pages.\n"],
    ["is empty whatever the page", { place: () => ({ ...past, total: 0 }) }, "There is nothing.\n"],
    [
      "is past the end, where several share a line",
      { place: () => ({ ...past, rows: 35, paging: { page: 3, limit: 20 } }) },
      "Page 3 is past the end: 41 albums on 2 pages.\n",
    ],
    ["is empty without pages", { place: () => ({ ...past, paging: null }) }, "There is nothing.\n"],
  ])("%s: a sentence on a terminal, nothing in a pipe", async (_, parts, sentence) => {
    expect(await shown({ table: () => view([], parts) }, "table")).toBe(sentence);
    expect(await shown({ table: () => view([], parts) }, "table", { isTerminal: false })).toBe("");
  });

  test("in a pipe is colourless unless colour is forced", async () => {
    const painted = view(rows, {
      columns: ({ colours }) => [{ header: "#", cell: ({ id }) => id, paint: (cell) => colours.dim(cell) }],
    });
    expect(await shown({ table: () => painted }, "table", { isTerminal: false })).toBe("7\n412\n412\n");
    expect(await shown({ table: () => painted }, "table", { isTerminal: false, colourLevel: 1 })).toContain(
      "\u001b[2m7",
    );
  });
});

describe("forms for programs", () => {
  test("never ask for the table", async () => {
    expect(await shown({ table: () => expect.unreachable() }, "csv", { isTerminal: false })).toBe(
      "id,title\r\n7,Amnesiac\r\n412,In Rainbows\r\n412,In Rainbows\r\n",
    );
    expect(await shown({ document: () => ({ total: 3 }) }, "json", { isTerminal: false })).toBe(
      '{"total":3}\n',
    );
  });

  test("JSON without a document of its own is a list of the fields", async () => {
    expect(JSON.parse(await shown({}, "json"))).toEqual(rows);
  });

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
