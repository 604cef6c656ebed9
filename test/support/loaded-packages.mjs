// For `node --import`: writes the packages that a process loaded, and the chunks of ours, to the file LOADED_PACKAGES
// names, when it ends.
import { writeFileSync } from "node:fs";
import module, { createRequire } from "node:module";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";

const imported = module.registerHooks === undefined ? fromBeside() : fromWithin();

process.on("exit", () => {
  // What was imported, and what was required.
  const places = [...Object.keys(createRequire(import.meta.url).cache), ...imported()];
  const named = (pattern) => {
    const names = new Set(
      places.map((place) => pattern.exec(place)?.[1]).filter((name) => name !== undefined),
    );
    return [...names].toSorted((a, b) => a.localeCompare(b, "en"));
  };
  const loaded = {
    packages: named(/node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/),
    chunks: named(/[/\\]dist[/\\]([^/\\]+)\.js$/),
  };
  writeFileSync(process.env.LOADED_PACKAGES, JSON.stringify(loaded));
});

/** Node 22.15 and newer call hooks in the same thread. */
function fromWithin() {
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
function fromBeside() {
  const { port1: inbox, port2: outbox } = new MessageChannel();
  inbox.unref();
  module.register("./loaded-packages-hook.mjs", import.meta.url, {
    data: { outbox },
    transferList: [outbox],
  });
  return () => {
    const places = [];
    for (let letter = receiveMessageOnPort(inbox); letter; letter = receiveMessageOnPort(inbox)) {
      places.push(letter.message);
    }
    return places;
  };
}
