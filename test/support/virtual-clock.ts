// Time for tests: it costs none, and a busy machine does not change it.

export type VirtualClock = ReturnType<typeof createVirtualClock>;

interface Alarm {
  readonly atMs: number;
  readonly ring: () => void;
}

/**
 * A clock without any real time: it moves on to the next moment that someone waits for when nothing else is left
 * to do. What is left to do is known, not guessed by waiting: each exchange over HTTP is bracketed by its time
 * limit on this clock, from before it is sent until its answer is read. The clock stands still while one is under
 * way, but for those that a stand-in, on the same clock, holds back on purpose.
 */
export function createVirtualClock(startMs = 0) {
  const slept: number[] = [];
  const alarms = new Set<Alarm>();
  let elapsedMs = startMs;
  let jumpedMs = 0;
  let exchanges = 0;
  let heldBack = 0;
  /** Counts what happens, so that a turn that was scheduled before it starts over. */
  let happened = 0;
  let turning = false;

  function scheduleTurn(): void {
    happened += 1;
    if (turning || alarms.size === 0 || exchanges !== heldBack) return;
    turning = true;
    const then = happened;
    // Whoever was just woken or answered has run until he waits again.
    setImmediate(() =>
      setImmediate(() => {
        turning = false;
        if (happened === then) ringNextAlarm();
        else scheduleTurn();
      }),
    );
  }

  function ringNextAlarm(): void {
    const [next] = [...alarms].toSorted((a, b) => a.atMs - b.atMs);
    if (next === undefined) return;
    elapsedMs = Math.max(elapsedMs, next.atMs);
    alarms.delete(next);
    next.ring();
    scheduleTurn();
  }

  function setAlarm(ms: number, ring: () => void): Alarm {
    const alarm = { atMs: elapsedMs + ms, ring };
    alarms.add(alarm);
    return alarm;
  }

  return {
    /** Each sleep asked for, in milliseconds. */
    slept,
    /** How many sleep now, or have a time limit running. */
    sleeping: () => alarms.size,
    now: () => elapsedMs + jumpedMs,
    elapsedMs: () => elapsedMs,
    /** Sets what the clock shows forward or back; sleepers wake when they would have. */
    jump: (ms: number): void => {
      jumpedMs += ms;
    },
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        if (signal?.aborted) return reject(new Error("aborted"));
        slept.push(ms);
        const abortSleep = (): void => {
          alarms.delete(alarm);
          reject(new Error("aborted"));
        };
        const alarm = setAlarm(ms, () => {
          signal?.removeEventListener("abort", abortSleep);
          resolve();
        });
        signal?.addEventListener("abort", abortSleep, { once: true });
        scheduleTurn();
      }),
    limit: (ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        exchanges += 1;
        const alarm = setAlarm(ms, resolve);
        scheduleTurn();
        const endExchange = (): void => {
          exchanges -= 1;
          alarms.delete(alarm);
          scheduleTurn();
        };
        signal.addEventListener("abort", endExchange, { once: true });
      }),
    /** Sleeps for a stand-in that answers slowly, while the one who asked does nothing but wait. */
    hold: (ms: number) =>
      new Promise<void>((resolve) => {
        if (exchanges === 0) throw new Error("the client does not go by this clock: it would wait for ever");
        heldBack += 1;
        setAlarm(ms, () => {
          heldBack -= 1;
          resolve();
        });
        scheduleTurn();
      }),
    /** Holds back an answer for ever. Call the function that it returns when the connection closes. */
    silence: () => {
      heldBack += 1;
      scheduleTurn();
      let isOver = false;
      return () => {
        if (isOver) return;
        isOver = true;
        heldBack -= 1;
        scheduleTurn();
      };
    },
  };
}
