// Words that are shortened to a sign that is spoken like them: "4", "U", "R", "w/". "2" is none of them: it is as often a
// second album's, after a first one of that name with "to".

const short = /(?<![^\s])(?:[4ur]|w\/)(?=\s|$)/i;
const everyShort = /(?<![^\s])(?:[4ur]|w\/)(?=\s|$)/gi;
const spelled: ReadonlyMap<string, string> = new Map([
  ["4", "for"],
  ["u", "you"],
  ["r", "are"],
  ["w/", "with"],
]);

export function mayBeTextSpeak(text: string): boolean {
  return short.test(text);
}

/** Each spelled out; a number only between words, where it counts none. */
export function withWordsSpelledOut(text: string): string {
  return text.replace(everyShort, (sign, at: number) =>
    sign === "4" && !isBetweenWords(text, at) ? sign : (spelled.get(sign.toLowerCase()) ?? sign),
  );
}

/** What a number behind it counts. */
const counter =
  /(?<!\p{L})(?:vols?|volumes?|parts?|pts?|no|nr|number|chapter|act|book|side|dis[ck]|cd|dvd|lp|ep|episode|season|series|phase|page|level|stage|step|set|take|session|version|mk|track|day|week|year|scene|round|zone|area|route|channel|formula|group|class|type|top|teil|tome)\W*$/iu;

function isBetweenWords(text: string, at: number): boolean {
  const before = text.slice(0, at);
  return /\p{L}['’]?\s$/u.test(before) && !counter.test(before) && /^\s\p{L}/u.test(text.slice(at + 1));
}
