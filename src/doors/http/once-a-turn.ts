/** Looks once in a turn of the event loop: what is answered in one came before it. */
export function onceATurn<Value>(look: () => Value): { (): Value; forget(): void } {
  let held: { readonly value: Value } | undefined;
  const forget = (): void => {
    held = undefined;
  };
  const once = (): Value => {
    if (held === undefined) {
      held = { value: look() };
      setImmediate(forget);
    }
    return held.value;
  };
  return Object.assign(once, { forget });
}
