// Lets scripts import src/ as it is, on every Node: node --import ./tools/typescript.mjs SCRIPT
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";

if (isMainThread) register(import.meta.url);

/** The hook of Node that loads a module: TypeScript loses its types. */
export async function load(url, context, nextLoad) {
  if (!url.endsWith(".ts")) return nextLoad(url, context);
  const { transformSync } = await import("rolldown/utils");
  const path = fileURLToPath(url);
  const { code, errors } = transformSync(path, readFileSync(path, "utf8"), { sourcemap: false });
  if (errors.length > 0) throw errors[0];
  return { format: "module", source: code, shortCircuit: true };
}
