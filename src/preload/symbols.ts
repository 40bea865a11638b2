// Properties of the runtime's objects whose keys are symbols that it does not export.
const known = new Map<string, symbol>();

/** The value of an object's own property whose symbol has this description. */
export function getOwnSymbol(object: object, description: string): unknown {
  let symbol = known.get(description);
  if (symbol === undefined || !Object.hasOwn(object, symbol)) {
    symbol = Object.getOwnPropertySymbols(object).find((one) => one.description === description);
    if (symbol === undefined) return undefined;
    known.set(description, symbol);
  }
  return (object as Record<symbol, unknown>)[symbol];
}
