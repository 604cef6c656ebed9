// Checks what the linter can't see of src/: imports on demand, files without a layer, and three patterns.
import { readFileSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { buildLayerRules, depths, findLayer } from "./layer-rules.mjs";
import { importers, layers } from "./layers.mjs";
import { overrides } from "./oxlint.config.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const files = listFiles("src").filter((name) => name.endsWith(".ts"));
const texts = new Map(files.map((file) => [file, readFileSync(join(root, "src", file), "utf8")]));

function listFiles(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
    name.replaceAll("\\", "/"),
  );
}

/** The folder or file that is the layer of a file. `*` in a row stands for one name. */
function getLayerPath(file) {
  const depth = findLayer(file)?.layer.split("/").length ?? 0;
  return file.split("/").slice(0, depth).join("/");
}

function getDepthInLayer(file) {
  return file.split("/").length - getLayerPath(file).split("/").length - 1;
}

function mayImport(file, specifier) {
  const row = findLayer(file);
  if (specifier.startsWith(".")) {
    const other = posix.join(posix.dirname(file), specifier);
    return (
      getLayerPath(file) === getLayerPath(other) || row?.mayImport.includes(findLayer(other)?.layer ?? "")
    );
  }
  if (specifier.startsWith("node:")) return row?.node !== false;
  return importers[/^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? ""] === file;
}

function listImportsOnDemand() {
  return [...texts].flatMap(([file, text]) =>
    [...text.matchAll(/\bimport\(\s*["']([^"']+)["']/g)].map(([, specifier]) => ({ file, specifier })),
  );
}

/** The paths of the linter's configuration that match no file. */
function listUnusedPaths() {
  const all = ["src", "test"].flatMap((folder) => listFiles(folder).map((name) => `${folder}/${name}`));
  const generated = new Set(buildLayerRules().flatMap((override) => override.files));
  return overrides
    .flatMap((override) => [...override.files, ...(override.excludeFiles ?? [])])
    .filter((pattern) => !generated.has(pattern))
    .filter((pattern) =>
      pattern.endsWith("/**")
        ? !all.some((file) => file.startsWith(pattern.slice(0, -2)))
        : !all.includes(pattern),
    );
}

function listFilesWith(pattern, folders) {
  return files.filter((file) => folders.test(file) && pattern.test(texts.get(file)));
}

const layersInUse = new Set(files.map((file) => findLayer(file)?.layer));
const checks = {
  "imports on demand what its layer may not import": listImportsOnDemand()
    .filter(({ file, specifier }) => !mayImport(file, specifier))
    .map(({ file, specifier }) => `${file}: ${specifier}`),
  "has no row in tools/layers.mjs": files.filter((file) => getLayerPath(file) === ""),
  "lies deeper in its layer than the linter looks": files.filter(
    (file) => getDepthInLayer(file) > Math.max(...depths),
  ),
  "is a row of tools/layers.mjs without a file": layers
    .map(({ layer }) => layer)
    .filter((layer) => !layersInUse.has(layer)),
  "is a path of tools/oxlint.config.mjs that matches no file": listUnusedPaths(),
  "makes a SafeText outside output/": listFilesWith(
    /\btrusted\b|\bas (?:unknown as )?(?:readonly )?SafeText\b|<SafeText/,
    /^(?!output\/)/,
  ),
  // A call has no room for 130,000 arguments.
  "spreads a list of rows into arguments": listFilesWith(
    /(?:Math\.(?:max|min)|\.(?:push|unshift)|String\.from\w+)\(\s*(?:[^"'`{[;]*,\s*)?\.\.\./,
    /^(?:match|output|queries|actions|commands|store)\//,
  ),
  // A plain object answers "constructor" and "__proto__" with what every object has.
  "looks up a text in a plain object": listFilesWith(
    /^\s*(?:export )?const \w+: (?:Readonly<)?Record<string, .*= \{(?!\};$)/m,
    /^/,
  ),
};

for (const [problem, places] of Object.entries(checks)) {
  for (const place of places) console.error(`${place} ${problem}`);
  if (places.length > 0) process.exitCode = 1;
}
