/** Calls in flight; the transport paces them. */
const lanes = 4;

/** Does the same work in lanes at once. Once one fails, `isOver` tells the others to stop. Throws the first error. */
export async function inLanes(work: (isOver: () => boolean) => Promise<void>): Promise<void> {
  let failure: { readonly error: unknown } | null = null;
  const lane = async (): Promise<void> => {
    try {
      await work(() => failure !== null);
    } catch (error) {
      failure ??= { error };
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
}
