// A module for `node --import`: when the process ends, it writes the packages and the chunks of ours that were loaded
// to the file that LOADED_PACKAGES names. With FIRST_LINE set, stderr passes for a terminal, and what was loaded before
// the first line on it is written as well.
import { writeFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";

const imported = module.registerHooks === undefined ? recordInHookThread() : recordInThread();

const redraw = () => true;
let atFirstLine = null;
if (process.env.FIRST_LINE !== undefined) {
  const { stderr } = process;
  // One that was put in Node's place is written to, whatever it is.
  Object.defineProperty(process, "stderr", { value: stderr });
  Object.assign(stderr, {
    isTTY: true,
    columns: 80,
    cursorTo: redraw,
    moveCursor: redraw,
    clearLine: redraw,
  });
  const write = stderr.write.bind(stderr);
  stderr.write = (...given) => {
    atFirstLine ??= listLoaded();
    return write(...given);
  };
}

process.on("exit", () => {
  writeFileSync(process.env.LOADED_PACKAGES, JSON.stringify({ ...listLoaded(), atFirstLine }));
});

function listLoaded() {
  // Modules that were imported, and those that were required.
  const places = [...Object.keys(createRequire(import.meta.url).cache), ...imported()];
  const extractNames = (pattern) => {
    const names = new Set(
      places.map((place) => pattern.exec(place)?.[1]).filter((name) => name !== undefined),
    );
    return [...names].toSorted((a, b) => a.localeCompare(b, "en"));
  };
  return {
    packages: extractNames(/node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/),
    chunks: extractNames(/[/\\]dist[/\\]([^/\\]+)\.js$/),
  };
}

/** Node 22.15 and newer call hooks in the same thread. */
function recordInThread() {
  const places = [];
  module.registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      places.push(resolved.url);
      return resolved;
    },
  });
  return () => places;
}

/** Older ones have a thread for them; newer ones warn of that way. */
function recordInHookThread() {
  const { port1: inbox, port2: outbox } = new MessageChannel();
  inbox.unref();
  module.register("./loaded-packages-hook.mjs", import.meta.url, {
    data: { outbox },
    transferList: [outbox],
  });
  const places = [];
  return () => {
    for (let letter = receiveMessageOnPort(inbox); letter; letter = receiveMessageOnPort(inbox)) {
      places.push(letter.message);
    }
    return places;
  };
}
