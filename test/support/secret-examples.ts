// A secret of each shape that the program recognises.
import { secretShapes } from "../../src/model/secret-shapes.ts";

const examples: Readonly<Record<string, string>> = {
  "a Discogs token": "aBcDeFgHiJ".repeat(4),
  "a Last.fm key": "a1b2c3d4e5f60718".repeat(2),
  "a ListenBrainz token": "9c41d7e2-06b5-4f3a-8d1c-27e5a0b9f364",
  "the consumer secret of a Discogs application": "SecretSe".repeat(4),
  "an API key of rewind serve": `rw_live_${"k3Y_-".repeat(8)}abc`,
};

/** The examples by the names of the shapes. A shape without an example is a failure. */
export const secretExamples = secretShapes.map(({ name }) => [name, examples[name] ?? name] as const);
