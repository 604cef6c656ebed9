// For `node --import`: writes the packages that a process loaded to the file LOADED_PACKAGES names, when it ends.
import { writeFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";

const { port1: inbox, port2: outbox } = new MessageChannel();
inbox.unref();
register("./loaded-packages-hook.mjs", import.meta.url, { data: { outbox }, transferList: [outbox] });

process.on("exit", () => {
  // What was imported, and what was required.
  const places = Object.keys(createRequire(import.meta.url).cache);
  for (let letter = receiveMessageOnPort(inbox); letter; letter = receiveMessageOnPort(inbox)) {
    places.push(letter.message);
  }
  const names = places.map((place) => /node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/.exec(place)?.[1]);
  const packages = [...new Set(names)].filter((name) => name !== undefined);
  writeFileSync(
    process.env.LOADED_PACKAGES,
    JSON.stringify(packages.toSorted((a, b) => a.localeCompare(b, "en"))),
  );
});
