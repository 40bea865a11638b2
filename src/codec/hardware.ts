// Addresses of network hardware: Ethernet's, and Bluetooth's, which lie in memory the other way round.
import { invalid } from '../errors.ts';
import { fromHex, toHex } from './bytes.ts';
import type { Codec } from './codec.ts';

function hardware(ctype: string, size: number, turned: boolean, example: string): Codec<string> {
  const accepts = `${size} bytes as hex digits with colons, such as ${example}`;
  const order = (bytes: Uint8Array): Uint8Array => (turned ? bytes.slice().reverse() : bytes);
  const encode = (value: string): Uint8Array => {
    const bytes =
      typeof value === 'string' &&
      /^[0-9a-f]{2}([:-][0-9a-f]{2})*$/i.test(value.trim()) &&
      fromHex(value.replaceAll('-', ':'));
    if (!bytes || bytes.byteLength !== size) throw invalid(accepts, value);
    return order(bytes);
  };
  return {
    ctype,
    accepts,
    size: () => size,
    align: () => 1,
    decode(bytes) {
      const whole = new Uint8Array(size);
      whole.set(bytes.subarray(0, size));
      return toHex(order(whole), ':');
    },
    encode,
    parse(text) {
      encode(text);
      return text.trim().toLowerCase();
    },
    format: (value) => value,
  };
}

/** A hardware address as `'00:1b:63:84:45:e6'`; six bytes where it is not said, as Ethernet has them. */
export function macAddress(size = 6): Codec<string> {
  const example = Array.from({ length: size }, (_, at) => ['00', '1b', '63', '84', '45', 'e6'][at % 6]).join(':');
  return hardware(`char[${size}]`, size, false, example);
}

/** bdaddr_t: a Bluetooth address as people write it (`'00:1b:dc:0f:a2:11'`); its last byte lies first in memory. */
export function bluetoothAddress(): Codec<string> {
  return hardware('bdaddr_t', 6, true, '00:1b:dc:0f:a2:11');
}
