// The contents of a page, read without a browser: the page is ours, and as regular as we write it.
export interface PageTable {
  readonly header: readonly string[];
  /** The cells by the name of the row. */
  readonly rows: ReadonlyMap<string, readonly string[]>;
}

const entities = new Map([
  ["&amp;", "&"],
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&quot;", '"'],
  ["&#39;", "'"],
]);

export function decodeHtmlText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities.get(entity) ?? entity)
    .trim();
}

/** The tables below the plots, by the title of their plot. */
export function parseTables(page: string): Map<string, PageTable> {
  return new Map(
    [...page.matchAll(/<table>(.*?)<\/table>/gs)].map(([, table = ""]) => {
      const [, caption = ""] = /<caption>(.*?)<\/caption>/s.exec(table) ?? [];
      const lines = [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, line = ""]) =>
        [...line.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = ""]) => decodeHtmlText(cell)),
      );
      const [header = [], ...rows] = lines;
      return [
        decodeHtmlText(caption),
        { header, rows: new Map(rows.map(([name = "", ...cells]) => [name, cells])) },
      ];
    }),
  );
}

export function parseNumbers(cells: readonly string[]): number[] {
  return cells.map((cell) => Number(cell.replaceAll(",", "")));
}

/** A part of the page, by its id. */
export function findSection(page: string, id: string): string {
  return new RegExp(`<section id="${id}".*?</section>`, "s").exec(page)?.[0] ?? "";
}

/** Title, artist and figure of each entry of a list. */
export function parseEntries(section: string): [title: string, artist: string, figure: string][] {
  return [
    ...section.matchAll(
      /<li>.*?<b dir="auto">(.*?)<\/b>.*?<span dir="auto">(.*?)<\/span>.*?<data>(.*?)<\/data>/gs,
    ),
  ].map(([, title = "", artist = "", figure = ""]) => [
    decodeHtmlText(title),
    decodeHtmlText(artist),
    decodeHtmlText(figure),
  ]);
}

export function countElements(page: string): number {
  return page.match(/<[a-z]/g)?.length ?? 0;
}
