// The README's examples work: each line of its shell blocks is run on the demo's sample.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const program = join(root, "bin", "rewind.js");

const lines = [...readme.matchAll(/```sh\n(.*?)```/gs)]
  .flatMap(([, block]) => (block ?? "").split("\n"))
  .filter((line) => line.startsWith("rewind "));

const hasJq = ((): boolean => {
  try {
    execFileSync("jq", ["--version"]);
    return true;
  } catch {
    return false;
  }
})();

describe("README", () => {
  test("has examples, and the two commands on its first screen", () => {
    expect(lines.length).toBeGreaterThan(12);
    const firstScreen = readme.split("\n").slice(0, 40).join("\n");
    expect(firstScreen).toContain("npm ci && npm run demo");
    expect(firstScreen).toContain("npm ci && npm test");
  });

  // jq is no part of the program: without it, its recipes can't be tried.
  test.each(lines.filter((line) => hasJq || !line.includes("| jq")))("%s", (line) => {
    const command = line.replace(/^rewind /, `"${process.execPath}" "${program}" demo `);
    const output = execFileSync("bash", ["-o", "pipefail", "-c", command], { encoding: "utf8" });
    expect(output).not.toBe("");
  });
});
