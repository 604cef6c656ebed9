import { asSpoken, soundOf, type Sound, type Spoken } from "../text/katakana.ts";
import { distinct } from "../distinct.ts";
import { Chains, endOfChain } from "./chains.ts";
import {
  isInOtherScript,
  latinKey,
  scriptOf,
  steadyNumber,
  type OtherScript,
} from "../text/transliteration.ts";

export interface ScriptIndex {
  /** Artists' keys by those keys in another alphabet. */
  get(key: string): readonly string[];
  /** Keys of artists that sound like this one, where one of both is in katakana. */
  soundingLike(key: string): readonly string[];
}

/** Keys of artists on one side, in another alphabet or in Latin letters, by what they are in that script's Latin letters. */
class KeysByName {
  readonly #keys: readonly string[];
  readonly #script: OtherScript;
  /** Undefined until a name is asked for. */
  readonly #names: (string | null | undefined)[];
  /** Of the letters that every spelling keeps: most names share theirs with none. */
  readonly #numbers: Int32Array;
  readonly #chains: Chains;

  constructor(keys: readonly string[], script: OtherScript, side: "other" | "latin") {
    this.#keys = keys;
    this.#script = script;
    this.#names = Array<string | null | undefined>(keys.length);
    this.#numbers = new Int32Array(keys.length);
    this.#chains = new Chains(keys.length);
    for (let at = keys.length - 1; at >= 0; at--) {
      // Of a key in Latin letters they are known before these are made coarse.
      const letters = side === "latin" ? keys[at] : this.#name(at);
      if (letters == null) continue;
      const number = steadyNumber(letters, script);
      this.#numbers[at] = number;
      this.#chains.add(at, number);
    }
  }

  /** Those that are the name of a key on the other side. */
  get(key: string): readonly string[] {
    let wanted = isInOtherScript(key) ? latinKey(key, this.#script) : undefined;
    if (wanted === null) return none;
    const number = steadyNumber(wanted ?? key, this.#script);
    let found = none;
    for (let at = this.#chains.first(number); at !== endOfChain; at = this.#chains.next(at)) {
      if (this.#numbers[at] !== number) continue;
      wanted ??= latinKey(key, this.#script);
      if (wanted === null) return none;
      if (this.#name(at) === wanted) found = [...found, this.#keys[at] as string];
    }
    return found;
  }

  #name(at: number): string | null {
    let name = this.#names[at];
    if (name === undefined) this.#names[at] = name = latinKey(this.#keys[at] as string, this.#script);
    return name;
  }
}

const none: readonly string[] = [];

/**
 * Of the keys of all artists, and of those among them that are in another alphabet than Latin: most libraries hold few. Those
 * are spelled first, the Latin ones when asked for.
 */
export function createScriptIndex(
  blocks: Pick<ReadonlyMap<string, unknown>, "keys">,
  foreign: readonly string[],
): ScriptIndex {
  const others = new Map<OtherScript, string[]>();
  for (const key of foreign) push(others, scriptOf(key), key);
  const spelled = [...others].map(([script, keys]) => new KeysByName(keys, script, "other"));
  const latin = new Map<OtherScript, KeysByName>();
  let latinKeys: readonly string[] | null = null;
  const latinOf = (script: OtherScript): KeysByName => {
    let keys = latin.get(script);
    if (keys === undefined) {
      latinKeys ??= keysBut(blocks.keys(), foreign);
      latin.set(script, (keys = new KeysByName(latinKeys, script, "latin")));
    }
    return keys;
  };
  const ofLatin = (key: string): readonly string[] => {
    let found = none;
    for (let at = 0; at < spelled.length; at++) {
      const keys = (spelled[at] as KeysByName).get(key);
      if (keys.length > 0) found = [...found, ...keys];
    }
    return found;
  };
  // A key is asked for several times in a row.
  let asked = "";
  let answer = none;
  let names: SpokenNames | null = null;
  const soundingLike = (key: string): readonly string[] =>
    (names ??= spokenNames(() => blocks.keys(), foreign))(key);
  return {
    soundingLike,
    get: (key) => {
      if (key === asked) return answer;
      asked = key;
      return (answer = isInOtherScript(key) ? latinOf(scriptOf(key)).get(key) : ofLatin(key));
    },
  };
}

type SpokenNames = (key: string) => readonly string[];

type ByOpening<T> = ReadonlyMap<string, readonly (readonly [T, key: string])[]>;

/**
 * Names by the letters that they may begin with as they are spoken: a shelf may hold thousands on either side. Those in
 * Latin letters only when another asks for them, which most shelves have none of.
 */
function spokenNames(keys: () => Iterable<string>, foreign: readonly string[]): SpokenNames {
  const sounds = soundsOf(foreign);
  let latin: ByOpening<Spoken> | null = null;
  return (key) => {
    if (!isInOtherScript(key)) {
      if (sounds.size === 0) return none;
      const spoken = asSpoken(key);
      const alike = spoken.openings.flatMap((letter) => sounds.get(letter) ?? []);
      return distinct(alike.flatMap(([sound, name]) => (sound.isOf(spoken) ? [name] : [])));
    }
    const sound = soundOf(key);
    if (sound === null) return none;
    const spelled = (latin ??= spokenOf(keys()));
    const alike = sound.initials.flatMap((letter) => spelled.get(letter) ?? []);
    return distinct(alike.flatMap(([spoken, name]) => (sound.isOf(spoken) ? [name] : [])));
  };
}

function soundsOf(keys: Iterable<string>): ByOpening<Sound> {
  const sounds = new Map<string, (readonly [Sound, key: string])[]>();
  for (const key of keys) {
    const sound = soundOf(key);
    if (sound !== null) for (const letter of sound.initials) push(sounds, letter, [sound, key]);
  }
  return sounds;
}

function spokenOf(keys: Iterable<string>): ByOpening<Spoken> {
  const latin = new Map<string, (readonly [Spoken, key: string])[]>();
  for (const key of keys) {
    if (isInOtherScript(key)) continue;
    const spoken = asSpoken(key);
    for (const letter of spoken.openings) push(latin, letter, [spoken, key]);
  }
  return latin;
}

function keysBut(keys: Iterable<string>, others: readonly string[]): readonly string[] {
  const areLeftOut = new Set(others);
  return [...keys].filter((key) => !areLeftOut.has(key));
}

function push<K, V>(map: Map<K, V[]>, at: K, value: V): void {
  const held = map.get(at);
  if (held) held.push(value);
  else map.set(at, [value]);
}
