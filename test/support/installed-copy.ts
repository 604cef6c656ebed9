// The built program in a directory of its own, without its libraries.
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const packageDirectory = fileURLToPath(new URL("../..", import.meta.url));

/** Copies what the package ships and the program needs. Returns the path to run. */
export function copyProgramTo(directory: string): string {
  for (const part of ["bin", "dist", "package.json"]) {
    cpSync(join(packageDirectory, part), join(directory, part), { recursive: true });
  }
  return join(directory, "bin/rewind.js");
}
