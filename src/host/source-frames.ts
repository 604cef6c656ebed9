// Maps stack traces of the shipped chunks back to the source files.
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

/** The path may contain blanks and brackets. */
const frame = /^(?<lead>\s+at (?:async )?(?:.*? \()?)(?<place>.+?):(?<line>\d+):(?<column>\d+)(?<tail>\)?)$/;

/** Maps each frame of ours to its line in src/. Frames without a map stay unchanged. */
export function framesInSources(stack: string): string {
  const maps = new Map<string, SourceMap | null>();
  const mapOf = (path: string): SourceMap | null => {
    if (!maps.has(path)) maps.set(path, readMap(path));
    return maps.get(path) ?? null;
  };
  return stack
    .split("\n")
    .map((line) => {
      const { lead = "", place = "", line: row, column, tail = "" } = frame.exec(line)?.groups ?? {};
      const map = place === "" ? null : mapOf(place);
      const entry = map?.findEntry(Number(row) - 1, Number(column) - 1);
      if (entry === undefined || !("originalSource" in entry)) return line;
      const source = entry.originalSource.replace(/^(?:\.\.\/)+/, "");
      return `${lead}${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}${tail}`;
    })
    .join("\n");
}

function readMap(place: string): SourceMap | null {
  try {
    const path = place.startsWith("file:") ? fileURLToPath(place) : place;
    return new SourceMap(
      JSON.parse(readFileSync(`${path}.map`, "utf8")) as ConstructorParameters<typeof SourceMap>[0],
    );
  } catch {
    return null;
  }
}
