// Answers that were given lately, by their ETag: the same question to the same cache is not worked out again.

export interface AnswerMemory {
  get(name: string, make: () => Promise<string>): Promise<string>;
}

const mostLetters = 16 * 1024 * 1024;

/** The ones that were asked for longest ago make room. */
export function createAnswerMemory(most = mostLetters): AnswerMemory {
  const held = new Map<string, string>();
  let letters = 0;
  return {
    async get(name, make) {
      const text = held.get(name) ?? (await make());
      if (held.delete(name)) letters -= text.length;
      held.set(name, text);
      letters += text.length;
      for (const [oldest, { length }] of held) {
        if (letters <= most) break;
        held.delete(oldest);
        letters -= length;
      }
      return text;
    },
  };
}
