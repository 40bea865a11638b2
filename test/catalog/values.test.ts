// Every readable option on every kind of socket that this kernel makes: the kernel's bytes decode, and the value of a
// writable option encodes to the same bytes again; so does its text.
import { describe, expect, it } from 'vitest';
import { type AnyOption, fresh, type Kind, kinds, options, SocketOptionError } from '../../src/index.ts';
import { readBytes } from '../../src/typed.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

const readable = options.filter(
  ({ access, number, aliasOf, declaration }) =>
    (access === 'rw' || access === 'ro') && number >= 0 && !aliasOf && !declaration.query && !declaration.sideEffect,
);

function make(kind: Kind): ReturnType<typeof fresh> | string {
  try {
    return fresh(kind);
  } catch (error) {
    if (error instanceof SocketOptionError) return error.message;
    throw error;
  }
}

/** What is wrong with the value of an option: nothing, where undefined. */
function fault(option: AnyOption, bytes: Uint8Array): string | undefined {
  const { codec, input, declaration } = option;
  const value = codec.decode(bytes);
  const text = codec.format(value as never);
  if (typeof text !== 'string' || value === undefined) return 'has no text';
  if (option.access !== 'rw' || declaration.input !== undefined) return undefined;
  // A text is as long as it is; a set of no interface is the empty name.
  const wanted = hex(bytes);
  const again = hex(input.encode(value as never)).slice(0, bytes.byteLength * 2);
  if (again !== wanted) return `${wanted} is ${text}, which is ${again} again`;
  if (declaration.secret) return undefined;
  const parsed = hex(input.encode(input.parse(text) as never)).slice(0, bytes.byteLength * 2);
  return parsed === wanted ? undefined : `${wanted} is ${text}, whose text is ${parsed}`;
}

describe('the bytes of every readable option', () => {
  const absent: string[] = [];
  for (const kind of kinds) {
    const socket = make(kind);
    if (typeof socket === 'string') {
      absent.push(kind);
      continue;
    }
    socket.close();
    it(kind, () => {
      using open = fresh(kind);
      const wrong: string[] = [];
      let count = 0;
      for (const option of readable.filter((one) => one.kinds.includes(kind))) {
        const bytes = readBytes(open.fd, option);
        // Nothing at all is what was never set.
        if (typeof bytes === 'number' || bytes.byteLength === 0) continue;
        count += 1;
        try {
          const why = fault(option, bytes);
          if (why) wrong.push(`${option.name}: ${why}`);
        } catch (error) {
          wrong.push(`${option.name}: ${hex(bytes)}: ${(error as Error).message}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(count).toBeGreaterThan(40);
    });
  }

  it(`(this kernel makes no ${absent.join(', ')} socket)`, (context) => {
    if (absent.length > 0) context.skip('kinds of sockets that this kernel does not make');
  });
});
