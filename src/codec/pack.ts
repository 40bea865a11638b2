// temporary
export function pack(_f: string, ..._v: unknown[]): Uint8Array { throw new Error('not yet'); }
export function unpack(_f: string, _b: Uint8Array): (number|bigint|boolean|Uint8Array)[] { throw new Error('not yet'); }
export function calcsize(_f: string): number { throw new Error('not yet'); }
