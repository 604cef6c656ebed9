// Another reader of CSV than the program's writer: RFC 4180. Throws where a row isn't by the book: readers differ on
// quotes and lone line breaks in a bare cell.

const cellPattern = /(?:"([^"]*(?:""[^"]*)*)"|([^",\r\n]*))(,|\r\n)/y;

export function parseCsv(text: string): string[][] {
  const lines: string[][] = [[]];
  cellPattern.lastIndex = 0;
  for (let at = 0; at < text.length; at = cellPattern.lastIndex) {
    const [, quoted, bare = "", end] = cellPattern.exec(text) ?? [];
    if (end === undefined) throw new Error(`no cell at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`);
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare);
    if (end === "\r\n") lines.push([]);
  }
  return lines.slice(0, -1);
}
