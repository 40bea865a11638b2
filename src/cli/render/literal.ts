// Values as TypeScript writes them, for lines that can be pasted into a program.

const identifier = /^[A-Za-z_$][\w$]*$/;

/** The source text of a value: `{ on: true, seconds: 5 }`, `10n`, `new Uint8Array([1, 2])`. */
export function literal(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string')
    return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  if (value instanceof Uint8Array) return `new Uint8Array([${[...value].join(', ')}])`;
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(
      ([name, field]) => `${identifier.test(name) ? name : `'${name}'`}: ${literal(field)}`,
    );
    return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}';
  }
  return String(value);
}
