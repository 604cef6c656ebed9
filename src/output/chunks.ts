import { trusted, type SafeText } from "./escape.ts";
import type { Screen } from "./screen.ts";

/** Where an answer goes. */
export interface Sink {
  readonly screen: Pick<Screen, "isTerminal">;
  write(text: SafeText): Promise<void>;
}

/** Short texts collected into long ones: a write for each row of a long listing would take longer than the rows. */
export interface Chunks {
  add(text: SafeText): Promise<void> | undefined;
  end(): Promise<void> | undefined;
}

const chunkLetters = 32_768;

export function createChunks(sink: Pick<Sink, "write">): Chunks {
  let held: SafeText[] = [];
  let letters = 0;
  const flush = (): Promise<void> | undefined => {
    if (letters === 0) return undefined;
    const text = trusted(held.join(""));
    held = [];
    letters = 0;
    return sink.write(text);
  };
  return {
    add(text) {
      held.push(text);
      letters += text.length;
      return letters < chunkLetters ? undefined : flush();
    },
    end: flush,
  };
}
