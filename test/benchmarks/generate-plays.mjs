// Plays of an invented history of 15 years, as several sources have them.
const years = 15;

/** The same "random" numbers on each run. */
function createSeededRandom(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const syllables = "ba ko ri ten mu sol vo dre ni lo pha qui sta gor ell im or an tur ved".split(" ");
const buildName = (at) =>
  [at, at >> 3, at >> 6, at >> 9].map((part) => syllables[(part * 7 + at) % syllables.length]).join("");
const getArtist = (song) => `The ${buildName(song % 3000)} ${buildName((song % 3000) + 5000)}`;
const start = Date.UTC(2010, 0, 1) / 1000;

/** Returns a function that makes plays of one invented history: sources of `size` plays share many of them. */
export function createPlayGenerator(size) {
  const step = Math.floor((years * 365 * 86_400) / (size * 1.2));
  return function* generatePlays(from, count, jitter, suffix) {
    const random = createSeededRandom(from + jitter);
    for (let at = 0; at < count; at += 1) {
      const play = from + Math.floor(at * 1.2) + random(2);
      const song = (Math.imul(play, 2_654_435_761) >>> 8) % 60_000;
      yield {
        startUts: start + play * step + random(jitter + 1),
        precisionSeconds: 1,
        artist: getArtist(song),
        albumArtist: null,
        album: `${buildName(song >> 3)} album`,
        title: `${buildName(song)} ${buildName(song + 77)} ${song}${song % 5 === 0 ? suffix : ""}`,
        durationSeconds: null,
        recordingMbid: null,
        releaseMbid: null,
        releaseGroupMbid: null,
        origin: null,
        isEndStamped: false,
        hasOwnAlbum: true,
        sourceKey: null,
      };
    }
  };
}
