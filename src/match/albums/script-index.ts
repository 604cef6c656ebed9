import { asSpoken, soundOf, type Sound, type Spoken } from "../text/katakana.ts";
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

/** An artist's key, and what it is in a script's Latin letters; undefined until that is asked for. */
interface Spelling {
  readonly key: string;
  name: string | null | undefined;
}

/** Keys by what they are in a script's Latin letters. */
class KeysByName {
  readonly #script: OtherScript;
  /** By the number of the letters that every spelling keeps: most names share it with none. */
  readonly #spellings = new Map<number, Spelling[]>();

  /** Of names in the script itself, or in Latin letters. */
  constructor(keys: readonly string[], script: OtherScript) {
    this.#script = script;
    for (let at = 0; at < keys.length; at++) {
      const spelling = this.#spelling(keys[at] as string);
      const number = this.#number(spelling);
      if (number !== null) push(this.#spellings, number, spelling);
    }
  }

  /** Those that are the name of a key on the other side. */
  get(key: string): readonly string[] {
    const own = this.#spelling(key);
    const number = this.#number(own);
    const alike = number === null ? undefined : this.#spellings.get(number);
    if (alike === undefined) return none;
    const wanted = this.#name(own);
    return wanted === null ? none : alike.flatMap((one) => (this.#name(one) === wanted ? [one.key] : []));
  }

  #spelling(key: string): Spelling {
    return { key, name: isInOtherScript(key) ? latinKey(key, this.#script) : undefined };
  }

  /** Of a key in Latin letters it is known before these are made coarse. */
  #number({ key, name }: Spelling): number | null {
    return name === null ? null : steadyNumber(name ?? key, this.#script);
  }

  #name(spelling: Spelling): string | null {
    if (spelling.name === undefined) spelling.name = latinKey(spelling.key, this.#script);
    return spelling.name;
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
  const spelled = [...others].map(([script, keys]) => new KeysByName(keys, script));
  const latin = new Map<OtherScript, KeysByName>();
  const latinOf = (script: OtherScript): KeysByName => {
    const known = latin.get(script);
    if (known) return known;
    const keys = new KeysByName(
      [...blocks.keys()].filter((key) => !isInOtherScript(key)),
      script,
    );
    latin.set(script, keys);
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

function distinct(keys: readonly string[]): readonly string[] {
  return keys.length < 2 ? keys : [...new Set(keys)];
}

function push<K, V>(map: Map<K, V[]>, at: K, value: V): void {
  const held = map.get(at);
  if (held) held.push(value);
  else map.set(at, [value]);
}
