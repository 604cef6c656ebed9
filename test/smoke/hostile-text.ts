// Text as a stranger would choose it: everything that a terminal obeys, that breaks a row, that a sheet would run.

const formulaStarts = ["=", "+", "-", "@", "\t=", "\n=", "\r@", "\u200b+", "\u0000-", " \uff1d"];
const controlSequences = [
  "\u001b[2J",
  "\u001b]0;",
  "\u001b]8;;ssh://-oProxyCommand=x\u001b\\",
  "\u001b[8m",
  "\u009b2J",
  "\u009d0;",
  "\u0000",
  "\u0007",
  "\u0008",
  "\u007f",
  "\u0085",
  "\u061c\u200e\u200f",
  "\u202e",
  "\u2066",
  "\u2028",
  // The halves of a pair, the wrong way round.
  "\udc00",
  "\ud83d",
];

/** The same for texts that begin alike: names that the matcher takes for one, or for near misses, stay so. */
export function makeHostile(text: string): string {
  if (text === "") return text;
  const at = sumCharacters(text.slice(0, 8));
  const start = formulaStarts[at % formulaStarts.length] ?? "";
  return `${start}${getHarmlessSequence(at)}"|\n=@${text}${getHarmlessSequence(at + 5)}\r\n\t`;
}

/** Long and loud: what a test gives by itself. */
export const longHostileText = `${controlSequences.join("x")}\n=1+1\r\n"|,;\t@`;

/** Leaves out the letters of a sequence, so that names that are alike stay alike. */
function getHarmlessSequence(at: number): string {
  return [at, at + 1, at + 2, at + 3]
    .map((each) => controlSequences[each % controlSequences.length] ?? "")
    .join("")
    .replace(/[\x20-\x7e]/g, "");
}

function sumCharacters(text: string): number {
  return Array.from(text).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);
}

/** Addresses that no click may lead to, and one that it may. */
export function makeHostileUrl(text: string): string {
  const urls = [
    "ssh://-oProxyCommand=calc/",
    "javascript:alert(1)//www.last.fm",
    "file:///etc/passwd",
    "https://www.last.fm@example.org/",
    "https://www.last.fm/music/A\u001b\\\u001b]8;;ssh://x\u001b\\/\u202e\n=1",
    "http://www.last.fm/",
  ];
  return urls[sumCharacters(text) % urls.length] ?? "";
}
