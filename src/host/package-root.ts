// The directory of the package. Files in src/ and in dist/ are at different depths.
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

function rootAbove(directory: string): string {
  return existsSync(join(directory, "bin/rewind.js")) ? directory : rootAbove(dirname(directory));
}

export const packageRoot = rootAbove(fileURLToPath(new URL(".", import.meta.url)));
