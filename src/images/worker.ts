// The worker thread that decodes pictures. decoder.ts starts it.
import { parentPort } from "node:worker_threads";
import { lookOf } from "./look.ts";

parentPort?.on("message", (bytes: Uint8Array) => {
  parentPort?.postMessage(lookOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)), []);
});
