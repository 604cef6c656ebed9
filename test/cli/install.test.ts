// Broken installations: missing binaries, old Node versions and missing files.
import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CacheError } from "../../src/model/errors.ts";
import { checkDriver } from "../../src/store/file/database.ts";
import { copyProgramTo, packageDirectory as root } from "../support/installed-copy.ts";
import { requireError } from "../support/run-cli.ts";
import { runCommand, runProcess } from "../support/run-process.ts";
import { createTempDirectory } from "../support/temp-directories.ts";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
  readonly man: string;
};

/** An installed copy of the program with the given better-sqlite3 binary. */
function createInstallation(binary: string | null): string {
  const directory = createTempDirectory("rewind-install");
  const program = copyProgramTo(directory);
  const modules = join(directory, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name !== "better-sqlite3") symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  const sqlite = join(modules, "better-sqlite3");
  for (const part of ["lib", "package.json"]) {
    cpSync(join(root, "node_modules/better-sqlite3", part), join(sqlite, part), { recursive: true });
  }
  if (binary !== null) {
    mkdirSync(join(sqlite, "build/Release"), { recursive: true });
    writeFileSync(join(sqlite, "build/Release/better_sqlite3.node"), binary);
  }
  return program;
}

test.each([
  ["no binary", null],
  ["a binary of another system", "not for this machine"],
])("with %s of better-sqlite3, one line names the remedy", async (_, binary) => {
  const program = createInstallation(binary);
  const version = await runCommand(process.execPath, [program, "--version"], {});
  expect(version.code).toBe(0);
  const stderr = requireError(await runCommand(process.execPath, [program, "demo"], {}), 1);
  expect(stderr).toMatch(/^rewind: better-sqlite3 has no binary for this Node/);
  expect(stderr).toMatch(/npm rebuild better-sqlite3/);
  expect(stderr).toMatch(/pnpm approve-builds/);
  expect(stderr).toMatch(/yarn rebuild better-sqlite3/);
  expect(stderr.trimEnd().split("\n")).toHaveLength(3);
});

test.each([
  ["of the pinned version is not read: the program has a copy", "12.11.1", "nothing is synced yet"],
  ["of another version is used as it is", "12.99.0", "the installed one"],
])("names the remedy if better-sqlite3 has no usable compiled code: %s", async (_, version, message) => {
  const program = createInstallation(null);
  const sqlite = join(program, "../../node_modules/better-sqlite3");
  const own = join(sqlite, "package.json");
  writeFileSync(own, JSON.stringify({ ...JSON.parse(readFileSync(own, "utf8")), version }));
  writeFileSync(join(sqlite, "lib/index.js"), 'throw new Error("the installed one");');
  const db = join(createTempDirectory(), "none.db");
  const { stderr } = await runCommand(process.execPath, [program, "xref", "--db", db], {});
  expect(stderr).toContain(message);
});

test("the better-sqlite3 that crashes an older Node is not loaded there", () => {
  expect(() => checkDriver("20.20.2", () => "13.2.0")).toThrow(/13\.2\.0 crashes Node 20\.20\.2/);
  expect(() => checkDriver("22.13.1", () => "13.0.0")).toThrow(CacheError);
  for (const [node, driver] of [
    ["20.19.0", "12.11.1"],
    ["22.14.0", "13.2.0"],
    ["24.21.0", "13.2.0"],
  ] as const) {
    expect(() => checkDriver(node, () => driver)).not.toThrow();
  }
});

test("the remedy is the version that this package asks for, which is pinned", () => {
  const version = manifest.dependencies["better-sqlite3"];
  expect(version).toMatch(/^12\.\d+\.\d+$/);
  expect(() => checkDriver("20.20.2", () => "13.0.0")).toThrow(
    expect.objectContaining({ hint: expect.stringContaining(`better-sqlite3@${version}`) }),
  );
});

/** Makes a Node say that it is another one, before the program starts. */
function buildVersionFlags(version: string): string[] {
  const code = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`;
  return ["--import", `data:text/javascript,${encodeURIComponent(code)}`];
}

test.each(["14.21.3", "20.18.3"])("Node %s is told that it is too old", async (version) => {
  expect(requireError(await runProcess(["xref"], { nodeFlags: buildVersionFlags(version) }), 1)).toBe(
    `rewind: needs Node 20.19 or newer, and this is Node ${version}\nInstall a newer one from https://nodejs.org, then run rewind again.\n`,
  );
});

test.each(["20.19.0", "21.0.0"])("accepts Node %s", async (version) => {
  const { code, stderr } = await runProcess(["--version"], { nodeFlags: buildVersionFlags(version) });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test("the start file asks for the Node that the package names, in words that Node 14 can parse", () => {
  const text = readFileSync(join(root, "bin/rewind.js"), "utf8");
  const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(manifest.engines.node) ?? [];
  expect(text).toContain(`const needed = [${major}, ${minor}];`);
  const code = text.replaceAll(/^\s*\/\/.*$/gm, "");
  expect(code.match(/\brequire\(.*?\)/g)).toEqual(['require("node:process")', 'require("../dist/main.js")']);
  expect(code).not.toMatch(/^import\b/m);
  // No top-level await, and none of what came after Node 14: assignments like ??=, private fields, static blocks.
  expect(code).not.toMatch(/\bawait\b|\?\?=|\|\|=|&&=|#[a-z]|\bstatic\b/);
});

test("the package contains every file it needs", async () => {
  const { stdout } = await runCommand("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: root,
  });
  const [packed] = JSON.parse(stdout) as [{ name: string; files: { path: string }[] }];
  const paths = packed.files.map(({ path }) => path);
  expect(packed.name).toBe("rewind-shelf");
  expect(manifest.man).toBe("./man/rewind.1");
  expect(paths).toEqual(
    expect.arrayContaining([
      "README.md",
      "LICENSE",
      "CHANGELOG.md",
      "package.json",
      "bin/rewind.js",
      "dist/main.js",
      "docs/xref.md",
      "docs/img/report.svg",
      "man/rewind.1",
    ]),
  );
  const expected =
    /^bin\/rewind\.js$|^docs\/(guide\/)?[\w-]+\.md$|^docs\/img\/[\w-]+\.svg$|^man\/rewind\.1$|^dist\/[\w-]+\.js(\.map)?$|^[A-Z]+(\.md)?$|^((bin|dist)\/)?package\.json$/;
  expect(paths.filter((path) => !expected.test(path))).toEqual([]);
  const unshipped = paths.filter((path) =>
    readFileSync(join(root, path), "utf8").includes("//# sourceMappingURL="),
  );
  expect(unshipped).toEqual([]);
});
