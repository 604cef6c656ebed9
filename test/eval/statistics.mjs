// The quality of the answers, by labelled pairs. A matched pair without a label counts as wrong.

export const toPairKey = (n, artist, album) => JSON.stringify([n, artist, album]);

/** The matcher's answer about a labelled record. */
export function getAnswer(matcher, record, release) {
  const match = matcher.match(release);
  return {
    n: record.n,
    record: `${record.artists.join(", ")} – ${record.title} [${record.format ?? ""}]`,
    match_type: match.type,
    confidence: match.confidence,
    rule: match.rule,
    credited: match.credited.map(({ album, rule, confidence }) => ({
      artist: album.artist,
      album: album.title,
      plays: album.playCount,
      rule,
      confidence,
    })),
  };
}

function formatShare(part, whole) {
  return whole === 0 ? 1 : part / whole;
}

export function computeStatistics(pairs, answers) {
  const labels = new Map(pairs.map((pair) => [toPairKey(pair.n, pair.artist, pair.album), pair]));
  const same = pairs.filter((pair) => pair.label === "same");
  const withAlbum = new Set(same.map((pair) => pair.n));
  const listed = { wrong: [], unlabelled: [], missed: [] };
  const credited = new Set();
  const bins = new Map();
  let [right, wrongExact, records, clean, hit] = [0, 0, 0, 0, 0];
  for (const answer of answers) {
    let [good, bad] = [0, 0];
    for (const credit of answer.credited) {
      const pair = labels.get(toPairKey(answer.n, credit.artist, credit.album));
      credited.add(toPairKey(answer.n, credit.artist, credit.album));
      if (pair?.label === "unsure") continue;
      if (pair?.label === "same") {
        good++;
        continue;
      }
      bad++;
      listed[pair ? "wrong" : "unlabelled"].push({ n: answer.n, record: answer.record, ...credit });
      if (pair && credit.confidence === 1) wrongExact++;
    }
    right += good;
    if (good + bad === 0) continue;
    records++;
    if (bad === 0) clean++;
    if (bad === 0 && good > 0 && withAlbum.has(answer.n)) hit++;
    if (answer.match_type === "fuzzy") {
      const at = Math.floor(answer.confidence * 10) / 10;
      const bin = bins.get(at) ?? { seen: 0, right: 0, claimed: 0 };
      bins.set(at, {
        seen: bin.seen + 1,
        right: bin.right + (bad === 0 ? 1 : 0),
        claimed: bin.claimed + answer.confidence,
      });
    }
  }
  for (const pair of same)
    if (!credited.has(toPairKey(pair.n, pair.artist, pair.album))) listed.missed.push(pair);
  const fuzzy = [...bins.values()].reduce((sum, bin) => sum + bin.seen, 0);
  const gap = [...bins.values()].reduce((sum, bin) => sum + Math.abs(bin.right - bin.claimed), 0);
  const wrong = listed.wrong.length + listed.unlabelled.length;
  return {
    figures: {
      recordPrecision: formatShare(clean, records),
      recordRecall: formatShare(hit, withAlbum.size),
      pairPrecision: formatShare(right, right + wrong),
      pairRecall: formatShare(same.length - listed.missed.length, same.length),
      wrongExact,
      calibrationError: fuzzy === 0 ? 0 : gap / fuzzy,
      fuzzy,
    },
    listed,
  };
}

/** Counts, for small libraries of one record each, the expected verdicts and the near misses called exact. */
export function computeHardCaseStatistics(cases, verdicts) {
  const listed = [];
  let nearMissExact = 0;
  cases.forEach((hard, at) => {
    const verdict = verdicts[at];
    const { match_type: types, albums, plays } = hard.expect;
    const titles = new Set(verdict.credited.map((credit) => credit.album));
    const asExpected =
      types.includes(verdict.match_type) &&
      albums.every((album) => titles.has(album)) &&
      verdict.credited.reduce((sum, credit) => sum + credit.plays, 0) === plays;
    if (!types.includes("exact") && verdict.match_type === "exact") nearMissExact++;
    if (!asExpected)
      listed.push({ class: hard.class, record: hard.record, expect: hard.expect, verdict, why: hard.why });
  });
  return { figures: { cases: cases.length, right: cases.length - listed.length, nearMissExact }, listed };
}

/** Writes lists of cases, one case a line. */
export function printCases(listed) {
  for (const [name, entries] of Object.entries(listed)) {
    process.stdout.write(`\n${name} (${entries.length})\n`);
    for (const entry of entries) process.stdout.write(`${JSON.stringify(entry)}\n`);
  }
}

/** Counts the labelled matches of each rule, and how many of them are right. */
export function countByRule(pairs, answers) {
  const labels = new Map(pairs.map((pair) => [toPairKey(pair.n, pair.artist, pair.album), pair.label]));
  const counts = {};
  for (const { n, credited } of answers) {
    for (const { artist, album, rule } of credited) {
      const label = labels.get(toPairKey(n, artist, album));
      if (label !== "same" && label !== "different") continue;
      const count = (counts[rule] ??= [0, 0]);
      if (label === "same") count[0]++;
      count[1]++;
    }
  }
  return counts;
}
