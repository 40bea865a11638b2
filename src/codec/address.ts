// Internet addresses without a port: in_addr and in6_addr, as text in their usual forms.
import { invalid } from '../errors.ts';
import type { Codec } from './codec.ts';

const accepts4 = 'an IPv4 address such as 127.0.0.1';
const accepts6 = 'an IPv6 address such as ::1';

/** The four bytes of `127.0.0.1`; undefined for anything but four decimal numbers without leading zeros. */
export function parseIpv4(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string' || !/^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(text)) return undefined;
  const parts = text.split('.').map(Number);
  return parts.every((part) => part <= 255) ? Uint8Array.from(parts) : undefined;
}

/** Four bytes as `127.0.0.1`. */
export function formatIpv4(bytes: Uint8Array): string {
  return `${bytes[0]}.${bytes[1]}.${bytes[2]}.${bytes[3]}`;
}

/** The groups of one side of `::`, the last of which may be an IPv4 address. */
function parseGroups(text: string): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [at, part] of parts.entries()) {
    const tail = at === parts.length - 1 ? parseIpv4(part) : undefined;
    if (tail) groups.push(...pairs(tail));
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

function pairs(bytes: Uint8Array): number[] {
  const groups: number[] = [];
  for (let at = 0; at + 1 < bytes.byteLength; at += 2)
    groups.push((bytes[at] as number) * 256 + (bytes[at + 1] as number));
  return groups;
}

/** The sixteen bytes of an IPv6 address in any form of RFC 4291; undefined otherwise. A zone is not part of it. */
export function parseIpv6(text: unknown): Uint8Array | undefined {
  if (typeof text !== 'string') return undefined;
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const before = parseGroups(halves[0] as string);
  const after = halves.length === 2 ? parseGroups(halves[1] as string) : [];
  // An IPv4 address ends the whole text, not the half in front of `::`.
  if (!before || !after || (halves.length === 2 && halves[0]?.includes('.'))) return undefined;
  const missing = 8 - before.length - after.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...before, ...new Array<number>(missing).fill(0), ...after];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 255]));
}

/** Sixteen bytes in the one form of RFC 5952: lower case, the longest run of zeros short, IPv4-mapped with dots. */
export function formatIpv6(bytes: Uint8Array): string {
  const groups = pairs(bytes.subarray(0, 16));
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  const shown = mapped ? groups.slice(0, 6) : groups;
  let best = { start: -1, length: 1 };
  for (let start = 0; start < shown.length; start += 1) {
    let length = 0;
    while (shown[start + length] === 0) length += 1;
    if (length > best.length) best = { start, length };
  }
  const parts = shown.map((group) => group.toString(16));
  if (mapped) parts.push(formatIpv4(bytes.subarray(12, 16)));
  if (best.start === -1) return parts.join(':');
  return `${parts.slice(0, best.start).join(':')}::${parts.slice(best.start + best.length).join(':')}`;
}

interface Form {
  ctype: string;
  accepts: string;
  size: number;
  align: number;
  read: (text: unknown) => Uint8Array | undefined;
  write: (bytes: Uint8Array) => string;
}

function address({ ctype, accepts, size, align, read, write }: Form): Codec<string> {
  const encode = (value: string): Uint8Array => {
    const bytes = read(value);
    if (!bytes) throw invalid(accepts, value);
    return bytes;
  };
  return {
    ctype,
    accepts,
    size: () => size,
    align: () => align,
    decode(bytes) {
      if (bytes.byteLength >= size) return write(bytes);
      const whole = new Uint8Array(size);
      whole.set(bytes);
      return write(whole);
    },
    encode,
    parse(text) {
      encode(text.trim());
      return text.trim();
    },
    format: (value) => value,
  };
}

/** struct in_addr: an IPv4 address as `'127.0.0.1'`, in network byte order. Four decimal numbers, no shorter forms. */
export function inAddr(): Codec<string> {
  return address({ ctype: 'struct in_addr', accepts: accepts4, size: 4, align: 4, read: parseIpv4, write: formatIpv4 });
}

/** struct in6_addr: an IPv6 address, read in the form of RFC 5952. It has no zone: structs keep that apart. */
export function in6Addr(): Codec<string> {
  return address({
    ctype: 'struct in6_addr',
    accepts: accepts6,
    size: 16,
    align: 4,
    read: parseIpv6,
    write: formatIpv6,
  });
}
