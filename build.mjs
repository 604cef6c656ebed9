// What is shipped: the modules of src/ in a few chunks. A start reads and compiles each file that it loads, and does
// so faster as CommonJS; where the time goes is measured by test/bench/start-up.mjs.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const source = fileURLToPath(new URL("src/", import.meta.url));
const target = fileURLToPath(new URL("dist/", import.meta.url));

const declarations = readdirSync(`${source}commands`)
  .map((verb) => `commands/${verb}/declare.ts`)
  .filter((path) => existsSync(source + path));

/**
 * What commands load together, in the order in which they load it: a module lies in the first of these chunks whose
 * entries lead to it by static imports. The rest goes by the command that needs it, or into `shared` where several do.
 */
const chunks = {
  main: ["main.ts"],
  program: ["program/tree.ts", "program/contents.ts", "context.ts", ...declarations],
  store: ["store/database.ts", "store/lock.ts", "store/matches.ts", "store/listings.ts"],
  xref: ["commands/xref/run.ts"],
  names: ["match/edition-key.ts", "match/artist-name.ts"],
  match: ["sync/rematch.ts"],
  table: ["commands/xref/screen.ts", "commands/xref/footer.ts", "output/colour.ts"],
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

function chunkOf(id, graph) {
  if (!id.startsWith(source)) return null;
  for (const [name, entries] of Object.entries(chunks)) {
    if (!closures.has(name)) closures.set(name, closure(entries, graph));
    if (closures.get(name).has(id)) return name;
  }
  return null;
}

/** A command's part by its folder: stats, review-session. */
function nameOf(id) {
  const [, command, part] = /commands[/\\]([^/\\]+)[/\\]([^/\\]+)\.ts$/.exec(id ?? "") ?? [];
  return command === undefined ? null : part === "run" ? command : `${command}-${part}`;
}

for (const entry of Object.values(chunks).flat()) {
  if (!existsSync(source + entry)) throw new Error(`build.mjs names src/${entry}, which is not there`);
}

const bundle = await rolldown({
  input: `${source}main.ts`,
  platform: "node",
  // Libraries stay what they are: installed, not copied.
  external: (id) => !/^[./]|^[A-Za-z]:[\\/]/.test(id),
  preserveEntrySignatures: "allow-extension",
  checks: { ineffectiveDynamicImport: false },
});

const { output } = await bundle.write({
  dir: target,
  format: "cjs",
  entryFileNames: "[name].js",
  chunkFileNames: ({ name, facadeModuleId }) => `${nameOf(facadeModuleId) ?? name}.js`,
  cleanDir: true,
  // Read by src/source-frames.ts alone: Node itself would read them at each start that asks for source maps.
  sourcemap: "hidden",
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [
      { name: chunkOf, debugName: "by reach", priority: 2 },
      { name: "shared", minShareCount: 3, priority: 1 },
    ],
  },
});
await bundle.close();

// The package is one of modules, these are not.
writeFileSync(join(target, "package.json"), '{ "type": "commonjs" }\n');
for (const { fileName } of output.filter((file) => file.fileName.endsWith(".map"))) {
  const { sourcesContent: _, ...map } = JSON.parse(readFileSync(join(target, fileName), "utf8"));
  writeFileSync(join(target, fileName), JSON.stringify(map));
}
