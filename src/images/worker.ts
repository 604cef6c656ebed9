// The worker thread that decodes pictures. decoder.ts starts it.
import { parentPort } from "node:worker_threads";
import { buildCoverPreview } from "./cover-preview.ts";

/** null: no picture follows. The thread ends by itself. */
parentPort?.on("message", (bytes: Uint8Array | null) => {
  if (bytes === null) return parentPort?.close();
  parentPort?.postMessage(
    buildCoverPreview(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    [],
  );
});
