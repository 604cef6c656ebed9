// Another reader of CSV than the program's writer: RFC 4180, letter by letter. Throws where a row isn't by the book.

export function readCsv(text: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  let cell = "";
  let at = 0;
  while (at < text.length) {
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    } else {
      const end = endOfBareCell(text, at);
      cell = text.slice(at, end);
      at = end;
    }
    cells.push(cell);
    if (text[at] === ",") {
      at += 1;
      continue;
    }
    if (text.slice(at, at + 2) !== "\r\n")
      throw new Error(`no line end at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`);
    at += 2;
    lines.push(cells);
    cells = [];
  }
  return lines;
}

/** Unquoted, neither a quote nor a line break may be in it, whichever: readers differ on those that aren't CRLF. */
function endOfBareCell(text: string, from: number): number {
  let at = from;
  while (at < text.length && !',\r\n"'.includes(text[at] ?? "")) at += 1;
  if (text[at] === '"' || text[at] === "\n") throw new Error(`a bare ${JSON.stringify(text[at])} at ${at}`);
  return at;
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (text[at + 1] === '"') at = text.indexOf('"', at + 2);
  if (at === -1) throw new Error("a quote without end");
  return at;
}
