/** Numbers from 0 up to but not including 1: the same ones for the same seed, on every machine. */
export function seededRandom(seed: number): () => number {
  let state = mixed((seed >>> 0) ^ mixed(Math.floor(seed / 0x1_0000_0000) >>> 0));
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    return mixed(state) / 0x1_0000_0000;
  };
}

/** Spreads a change of any bit over all of them: neighbouring seeds have nothing in common. */
function mixed(word: number): number {
  let bits = word >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}
