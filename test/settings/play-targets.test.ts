// The services that the settings let rewind send logged plays to.
import { expect, test } from "vitest";
import { targetFacts } from "../../src/model/play-targets.ts";
import { listUsableTargets } from "../../src/settings/connection.ts";

test("a service can be sent plays only if all settings that it needs are set", () => {
  for (const [target, { needs }] of Object.entries(targetFacts)) {
    expect(listUsableTargets((name) => (needs.some((each) => each === name) ? "x" : null))).toEqual([target]);
    for (const missing of needs) {
      const others = needs.filter((name) => name !== missing);
      expect(listUsableTargets((name) => (others.some((each) => each === name) ? "x" : null))).toEqual([]);
    }
  }
});
