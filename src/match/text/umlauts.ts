// Where a keyboard has no umlauts they are spelled out.

const umlaut = /[äöüøåÄÖÜØÅ]|\u0308|\u030a/;
const everyUmlaut = /[äöüøå]/gi;
const spelled: ReadonlyMap<string, string> = new Map([
  ["ä", "ae"],
  ["ö", "oe"],
  ["ü", "ue"],
  ["ø", "oe"],
  ["å", "aa"],
]);

export function bearsUmlaut(text: string): boolean {
  return umlaut.test(text);
}

export function withUmlautsSpelledOut(text: string): string {
  return text.normalize("NFC").replace(everyUmlaut, (letter) => spelled.get(letter.toLowerCase()) ?? letter);
}
