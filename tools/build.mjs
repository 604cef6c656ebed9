// Builds the shipped files: the modules of src/ in a few chunks, so that a start reads few files, and as CommonJS, which
// Node loads faster. test/benchmarks/start-up.mjs measures where the time of a start goes.
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../", import.meta.url));
const source = join(root, "src/");
const target = join(root, "dist/");
const manual = join(root, "man/rewind.1");

/** Returns true if nothing that is built was changed, added or removed since the last build. */
function isUpToDate() {
  const outputs = [join(target, "package.json"), manual];
  if (!outputs.every((path) => existsSync(path))) return false;
  const inputs = ["src", "tools"].flatMap((folder) => [
    folder,
    ...readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
      join(folder, name),
    ),
  ]);
  const builtMs = Math.min(...outputs.map((path) => statSync(path).mtimeMs));
  return [...inputs, "package-lock.json"].every((path) => statSync(join(root, path)).mtimeMs < builtMs);
}

if (isUpToDate()) process.exit();

/**
 * The modules that commands load together, in the order of loading. A module is in the first of these chunks whose
 * entries lead to it by static imports. A module of one command alone is in that command's chunk. One of several
 * commands is in `shared`, or in `deciding` if it leads to the matcher.
 */
const chunks = {
  main: ["main.ts"],
  program: ["cli/run-program.ts", "commands/command-table.ts", "context.ts"],
  store: [
    "store/open-cache.ts",
    "store/file/file-lock.ts",
    "store/plays/record-matches.ts",
    "store/file/listings.ts",
    "store/shelf/derived-columns.ts",
    "store/shelf/tracklists.ts",
  ],
  xref: ["commands/xref/run.ts"],
  names: [
    "match/titles/title.ts",
    "match/text/artist-name.ts",
    "match/text/aliases.ts",
    "match/titles/track-title.ts",
    "match/rules/rule-order.ts",
  ],
  match: ["sync/matching/rematch.ts", "sync/merging/merge-sources.ts"],
  paint: ["output/paint.ts"],
  table: ["commands/xref/view.ts", "output/table.ts", "output/paragraph.ts"],
};

const verbs = Object.fromEntries(
  readdirSync(`${source}commands`)
    .map((verb) => [verb, [`commands/${verb}/run.ts`]])
    .filter(([, [entry]]) => existsSync(source + entry)),
);

/** Modules that a running command loads on demand, in this order. Nothing else imports them. */
const later = {
  // The code that unpacks pictures is in another chunk, as only a sync needs it.
  pictures: ["images/thumbhash.ts", "images/cached-covers.ts"],
  session: ["commands/shared/syncing/run-session.ts"],
  connect: [
    "sources/connect.ts",
    ...readdirSync(`${source}sources`)
      .map((service) => `sources/${service}/${service}-client.ts`)
      .filter((path) => existsSync(source + path)),
  ],
};

/** Returns the entries and every module that is loaded with them. */
function findLoadedModules(entries, graph) {
  const found = new Set();
  const queue = entries.map((entry) => source + entry);
  for (const id of queue) {
    if (found.has(id)) continue;
    found.add(id);
    queue.push(
      ...(graph.getModuleInfo(id)?.importedIds ?? []).filter((imported) => imported.startsWith(source)),
    );
  }
  return found;
}

const loadedModules = new Map();

/** Returns the names of the groups whose entries load a module. */
function listGroupsOf(id, groups, graph) {
  return Object.keys(groups).filter((name) => {
    const entries = groups[name];
    if (!loadedModules.has(entries)) loadedModules.set(entries, findLoadedModules(entries, graph));
    return loadedModules.get(entries).has(id);
  });
}

function findChunk(id, graph) {
  if (!id.startsWith(source)) {
    const [, library] = /[\\/]node_modules[\\/]([^\\/]+)/.exec(id) ?? [];
    return copied.find((each) => each.library === library)?.chunk ?? null;
  }
  const [chunk] = listGroupsOf(id, chunks, graph);
  if (chunk !== undefined) return chunk;
  const users = listGroupsOf(id, verbs, graph);
  const [loadedLater] = listGroupsOf(id, later, graph);
  if (users.length === 0) return loadedLater ?? null;
  // A chunk that is loaded later must not load a whole command.
  if (users.length === 1 && loadedLater === undefined) return users[0];
  // A command that does not need the matcher must not load it with a shared chunk.
  const loaded = [...findLoadedModules([id.slice(source.length)], graph)];
  return loaded.some((each) => listGroupsOf(each, chunks, graph)[0] === "match") ? "deciding" : "shared";
}

/** Returns the name of a chunk for a file of a command: stats, review-session. */
function getChunkName(id) {
  const [, command, part] = /commands[/\\]([^/\\]+)[/\\]([^/\\]+)\.ts$/.exec(id ?? "") ?? [];
  return command === undefined ? null : part === "run" ? command : `${command}-${part}`;
}

for (const entry of [chunks, later].flatMap(Object.values).flat()) {
  if (!existsSync(source + entry)) throw new Error(`tools/build.mjs names src/${entry}, which is not there`);
}

/**
 * The libraries that are copied into a chunk. At a start, opening a package's file takes longer than compiling it, and
 * starting Node's loader of ES modules takes longer than drawing a screen. Without better-sqlite3 in its chunk,
 * `rewind xref --json` takes 10 ms longer, of 120, on Node 20.
 */
const copied = [
  { library: "chalk", chunk: "table", licence: "license" },
  { library: "commander", chunk: "program", licence: "LICENSE" },
  { library: "better-sqlite3", chunk: "store", licence: "LICENSE" },
  { library: "any-ascii", chunk: "match", licence: "LICENSE" },
  { library: "fastest-levenshtein", chunk: "xref", licence: "LICENSE.md" },
].map((each) => ({
  ...each,
  text: readFileSync(
    new URL(`../node_modules/${each.library}/${each.licence}`, import.meta.url),
    "utf8",
  ).trim(),
}));

/**
 * Commander can run commands that are programs of their own; none of ours is. Loading what starts them takes 4 ms of the
 * 80 ms of `rewind --help` on Node 20, which is at its limit of 2 × an empty process.
 */
const withoutChildProcesses = {
  name: "without child processes",
  transform(code, id) {
    if (!/[\\/]commander[\\/]lib[\\/]command\.js$/.test(id)) return null;
    const loading = "require('node:child_process')";
    if (!code.includes(loading)) throw new Error(`commander does not load child processes by ${loading}`);
    // null: no line moves.
    return { code: code.replace(loading, "null"), map: null };
  },
};

function isRelativeOrAbsolute(id) {
  return /^[./#]|^[A-Za-z]:[\\/]/.test(id);
}

const bundle = await rolldown({
  input: `${source}main.ts`,
  platform: "node",
  // npm installs the other libraries with the package.
  external: (id) => !isRelativeOrAbsolute(id) && !copied.some(({ library }) => library === id),
  plugins: [withoutChildProcesses],
  preserveEntrySignatures: "allow-extension",
  checks: { ineffectiveDynamicImport: false },
});

const { output } = await bundle.write({
  dir: target,
  format: "cjs",
  banner: ({ name }) =>
    copied.flatMap(({ chunk, text }) => (chunk === name ? [`/*!\n${text}\n*/`] : [])).join(""),
  entryFileNames: "[name].js",
  chunkFileNames: ({ name, facadeModuleId }) => `${getChunkName(facadeModuleId) ?? name}.js`,
  cleanDir: true,
  // Read by src/host/last-error.ts alone: Node itself would read them at each start that asks for source maps.
  sourcemap: "hidden",
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ name: findChunk, debugName: "by reach" }],
  },
});
await bundle.close();

/** A worker thread starts from a file of its own. */
const worker = await rolldown({
  input: `${source}images/worker.ts`,
  platform: "node",
  external: (id) => !isRelativeOrAbsolute(id),
});
await worker.write({ file: join(target, "picture-worker.js"), format: "cjs" });
await worker.close();

/**
 * A chunk exports values instead of getters, since no export is assigned twice. This saves 3 ms of the 80 of
 * `rewind --help`, and 3 to 8 of the 140 of `rewind xref`, on Node 20.
 */
const getter =
  /^Object\.defineProperty\(exports, "([\w$]+)", \{\n\s+enumerable: true,\n\s+get: function\(\) \{\n\s+return ([\w$]+);\n\s+\}\n\}\);$/gm;
for (const { fileName } of output.filter((file) => file.type === "chunk")) {
  const path = join(target, fileName);
  // The getters are at the end of a file, so no line that a source map knows moves.
  writeFileSync(path, readFileSync(path, "utf8").replace(getter, "exports.$1 = $2;"));
}

// The package has ES modules, but these files are CommonJS.
writeFileSync(join(target, "package.json"), '{ "type": "commonjs" }\n');
for (const { fileName } of output.filter((file) => file.fileName.endsWith(".map"))) {
  const { sourcesContent: _, ...map } = JSON.parse(readFileSync(join(target, fileName), "utf8"));
  writeFileSync(join(target, fileName), JSON.stringify(map));
}

await import("./typescript.mjs");
const { renderManual } = await import("./docs/manual.ts");
mkdirSync(dirname(manual), { recursive: true });
writeFileSync(manual, await renderManual());
