// Preloaded before the program: a process in which the hour, chance and the terminal are what the environment says.
//   REWIND_TEST_NOW   milliseconds since 1970
//   REWIND_TEST_COLUMNS   stdout is a terminal of that width
const now = Number(process.env.REWIND_TEST_NOW);
if (now > 0) {
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(now);
      else super(...given);
    }
    static now() {
      return now;
    }
  };
}

let state = 42;
Math.random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};

const columns = Number(process.env.REWIND_TEST_COLUMNS);
if (columns > 0) {
  const terminal = Object.assign(process.stdout, { isTTY: true, columns });
  // This replaces the property of Node.
  Object.defineProperty(process, "stdout", { value: terminal });
}
