// The worker thread that decodes pictures. decoder.ts starts it.
import { parentPort } from "node:worker_threads";
import { previewOf } from "./cover-preview.ts";

parentPort?.on("message", (bytes: Uint8Array) => {
  parentPort?.postMessage(previewOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)), []);
});
