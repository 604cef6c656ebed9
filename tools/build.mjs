// The shipped files: the modules of src/ in a few chunks. A start reads and compiles each file that it loads, and does
// so faster as CommonJS; where the time goes is measured by test/benchmarks/start-up.mjs.
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const source = fileURLToPath(new URL("../src/", import.meta.url));
const target = fileURLToPath(new URL("../dist/", import.meta.url));
const root = fileURLToPath(new URL("../", import.meta.url));

/** True if nothing that is built was changed, added or removed since the last build: npm test builds what npm run demo has built. */
function isUpToDate() {
  const outputs = [join(target, "package.json"), join(root, "man/rewind.1")];
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

/** Every module that is loaded with one of the entries, itself among them. */
function closure(entries, graph) {
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

const closures = new Map();

function leadsTo([name, entries], id, graph) {
  if (!closures.has(entries)) closures.set(entries, closure(entries, graph));
  return closures.get(entries).has(id) ? name : undefined;
}

function findChunk(id, graph) {
  if (!id.startsWith(source)) {
    const [, library] = /[\\/]node_modules[\\/]([^\\/]+)/.exec(id) ?? [];
    return copied.find((each) => each.library === library)?.chunk ?? null;
  }
  for (const chunk of Object.entries(chunks)) if (leadsTo(chunk, id, graph)) return chunk[0];
  const users = Object.entries(verbs).filter((verb) => leadsTo(verb, id, graph));
  const loadedLater = Object.entries(later).find((chunk) => leadsTo(chunk, id, graph))?.[0];
  if (users.length === 0) return loadedLater ?? null;
  // A chunk that is loaded later must not load a whole command.
  if (users.length === 1 && loadedLater === undefined) return users[0][0];
  // A command without use for the matcher doesn't load it with a shared chunk.
  const loaded = [...closure([id.slice(source.length)], graph)];
  return loaded.some(
    (each) => leadsTo(["match", chunks.match], each, graph) && findChunk(each, graph) === "match",
  )
    ? "deciding"
    : "shared";
}

/** A command's part by its folder: stats, review-session. */
function getChunkName(id) {
  const [, command, part] = /commands[/\\]([^/\\]+)[/\\]([^/\\]+)\.ts$/.exec(id ?? "") ?? [];
  return command === undefined ? null : part === "run" ? command : `${command}-${part}`;
}

for (const entry of [chunks, later].flatMap(Object.values).flat()) {
  if (!existsSync(source + entry)) throw new Error(`tools/build.mjs names src/${entry}, which is not there`);
}

/**
 * The libraries that are copied into a chunk: each file of a package costs a start more than what is in it, and Node
 * takes longer to start loading modules of the other kind than a screen takes to draw. Without better-sqlite3 in its chunk,
 * `rewind xref --json` takes 10 ms more of 120 on Node 20.
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

const bundle = await rolldown({
  input: `${source}main.ts`,
  platform: "node",
  // The others stay what they are: installed, not copied.
  external: (id) => !/^[./#]|^[A-Za-z]:[\\/]/.test(id) && !copied.some(({ library }) => library === id),
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

/** A thread of its own starts from a file of its own. */
const worker = await rolldown({
  input: `${source}images/worker.ts`,
  platform: "node",
  external: (id) => !/^[./#]|^[A-Za-z]:[\\/]/.test(id),
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

// The package is one of modules, these are not.
writeFileSync(join(target, "package.json"), '{ "type": "commonjs" }\n');
for (const { fileName } of output.filter((file) => file.fileName.endsWith(".map"))) {
  const { sourcesContent: _, ...map } = JSON.parse(readFileSync(join(target, fileName), "utf8"));
  writeFileSync(join(target, fileName), JSON.stringify(map));
}

await import("./typescript.mjs");
const { renderManual } = await import("./docs/manual.ts");
const manual = fileURLToPath(new URL("../man/", import.meta.url));
mkdirSync(manual, { recursive: true });
writeFileSync(join(manual, "rewind.1"), await renderManual());
