// The door to d3, which is loaded where something is plotted and nowhere else.

export async function loadD3() {
  const [
    { max, quantileSorted },
    { scaleLinear, scaleQuantile },
    { area, curveMonotoneX, stack, stackOffsetWiggle, stackOrderInsideOut },
    { timeDay, timeMonday },
  ] = await Promise.all([import("d3-array"), import("d3-scale"), import("d3-shape"), import("d3-time")]);
  return {
    max,
    quantileSorted,
    scaleLinear,
    scaleQuantile,
    area,
    curveMonotoneX,
    stack,
    stackOffsetWiggle,
    stackOrderInsideOut,
    timeDay,
    timeMonday,
  };
}

export type D3 = Awaited<ReturnType<typeof loadD3>>;
