import { asSpoken, soundOf } from "../text/katakana.ts";
import { isInOtherScript, latinKey, scriptOf, type OtherScript } from "../text/transliteration.ts";

export interface ScriptIndex {
  /** Artists' keys by those keys in another alphabet. */
  get(key: string): readonly string[];
  /** Keys of artists that sound like this one, where one of both is in katakana. */
  soundingLike(key: string): readonly string[];
}

type KeysByName = ReadonlyMap<string, readonly string[]>;

const none: readonly string[] = [];

/** Most libraries hold few names in another alphabet than Latin: those are spelled first, the Latin ones when asked for. */
export function createScriptIndex(blocks: Pick<ReadonlyMap<string, unknown>, "keys">): ScriptIndex {
  const others = new Map<OtherScript, string[]>();
  for (const key of blocks.keys()) if (isInOtherScript(key)) push(others, scriptOf(key), key);
  const spelled = [...others].map(([script, keys]) => [script, byName(keys, script)] as const);
  const latin = new Map<OtherScript, KeysByName>();
  const latinOf = (script: OtherScript): KeysByName => {
    const known = latin.get(script);
    if (known) return known;
    const keys = byName(
      [...blocks.keys()].filter((key) => !isInOtherScript(key)),
      script,
    );
    latin.set(script, keys);
    return keys;
  };
  const ofLatin = (key: string): readonly string[] => {
    if (spelled.length === 0) return none;
    return spelled.flatMap(([script, keys]) => keys.get(latinKey(key, script) ?? "") ?? none);
  };
  let sounds: readonly (readonly [sound: RegExp, key: string])[] | null = null;
  const soundingLike = (key: string): readonly string[] => {
    if (isInOtherScript(key)) {
      const sound = soundOf(key);
      return sound === null ? none : [...blocks.keys()].filter((name) => sound.test(asSpoken(name)));
    }
    sounds ??= (others.get("kana") ?? none).flatMap((name) => {
      const sound = soundOf(name);
      return sound === null ? [] : [[sound, name] as const];
    });
    if (sounds.length === 0) return none;
    const spoken = asSpoken(key);
    return sounds.flatMap(([sound, name]) => (sound.test(spoken) ? [name] : none));
  };
  return {
    soundingLike,
    get: (key) => {
      if (!isInOtherScript(key)) return ofLatin(key);
      const script = scriptOf(key);
      return latinOf(script).get(latinKey(key, script) ?? "") ?? none;
    },
  };
}

function byName(keys: readonly string[], script: OtherScript): KeysByName {
  const found = new Map<string, string[]>();
  for (const key of keys) {
    const name = latinKey(key, script);
    if (name !== null) push(found, name, key);
  }
  return found;
}

function push<K>(map: Map<K, string[]>, at: K, key: string): void {
  const held = map.get(at);
  if (held) held.push(key);
  else map.set(at, [key]);
}
