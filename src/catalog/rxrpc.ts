// The options of RxRPC, the protocol of AFS (SOL_RXRPC), sorted by C name.
import { nothing } from '../codec/bytes.ts';
import { enumeration } from '../codec/enumeration.ts';
import { keyDescription, serviceUpgrade } from '../codec/rxrpc.ts';
import { bool, int } from '../codec/scalar.ts';
import { sized } from '../codec/sized.ts';
import { rxrpcSecurityLevels } from '../constants/rxrpc.ts';
import { option } from '../option.ts';

export const RXRPC_EXCLUSIVE_CONNECTION = option({
  name: 'RXRPC_EXCLUSIVE_CONNECTION',
  level: 'SOL_RXRPC',
  access: 'wo',
  value: nothing({ empty: true }),
  on: { linux: 3 },
  summary: 'Gives each call of this client a connection of its own, which is not used again.',
  notes: ['It takes no value, with length 0: EINVAL otherwise. It cannot be turned off. EISCONN on a bound socket.'],
  when: 'before-bind',
  see: ['RXRPC_SECURITY_KEY'],
  man: 'linux/rxrpc.h',
  since: '2.6.22',
  sample: null,
});

export const RXRPC_MANAGE_RESPONSE = option({
  name: 'RXRPC_MANAGE_RESPONSE',
  level: 'SOL_RXRPC',
  access: 'wo',
  value: bool(),
  length: 'exact',
  on: { linux: 7 },
  summary: 'Lets the program answer the challenges of servers itself, with data of its own in the response.',
  notes: ['Challenges come as out-of-band messages, and so does the answer go. EISCONN on a bound socket.'],
  when: 'before-bind',
  see: ['RXRPC_SECURITY_KEY'],
  man: 'linux/rxrpc.h',
  since: '6.16',
  sample: true,
});

export const RXRPC_MIN_SECURITY_LEVEL = option({
  name: 'RXRPC_MIN_SECURITY_LEVEL',
  level: 'SOL_RXRPC',
  access: 'wo',
  value: sized(enumeration(rxrpcSecurityLevels), 'u32'),
  length: 'exact',
  on: { linux: 4 },
  summary: 'How well calls must at least be secured: not at all, signed, signed and encrypted.',
  notes: ['EISCONN on a bound socket.'],
  default: 'RXRPC_SECURITY_PLAIN',
  when: 'before-bind',
  see: ['RXRPC_SECURITY_KEY', 'RXRPC_SECURITY_KEYRING'],
  man: 'linux/rxrpc.h',
  since: '2.6.22',
  sample: 'RXRPC_SECURITY_ENCRYPT',
});

export const RXRPC_SECURITY_KEY = option({
  name: 'RXRPC_SECURITY_KEY',
  level: 'SOL_RXRPC',
  access: 'wo',
  value: keyDescription(),
  on: { linux: 1 },
  summary: "The key with which a client secures its calls, by its description (keyrings(7), type rxrpc): 'afs@cell'.",
  notes: [
    'It is the name of the key, not the key: the kernel looks it up, and fails with ENOKEY.',
    'Once only, and on older kernels not beside a keyring: EINVAL. EISCONN on a bound socket.',
  ],
  when: 'before-bind',
  see: ['RXRPC_SECURITY_KEYRING', 'RXRPC_MIN_SECURITY_LEVEL'],
  man: 'linux/rxrpc.h',
  since: '2.6.22',
  sample: 'afs@example.org',
});

export const RXRPC_SECURITY_KEYRING = option({
  name: 'RXRPC_SECURITY_KEYRING',
  level: 'SOL_RXRPC',
  access: 'wo',
  value: keyDescription(),
  on: { linux: 2 },
  summary: "The keyring with the secrets of a server's services (keys of type rxrpc_s), by its description.",
  notes: [
    'It is the name of the keyring: the kernel looks it up, and fails with ENOKEY.',
    'Older kernels refuse it beside RXRPC_SECURITY_KEY, with EINVAL. EISCONN on a bound socket.',
  ],
  when: 'before-bind',
  see: ['RXRPC_SECURITY_KEY', 'RXRPC_MIN_SECURITY_LEVEL'],
  man: 'linux/rxrpc.h',
  since: '2.6.22',
  sample: 'AFSkeys',
});

export const RXRPC_SUPPORTED_CMSG = option({
  name: 'RXRPC_SUPPORTED_CMSG',
  level: 'SOL_RXRPC',
  access: 'ro',
  value: int(),
  on: { linux: 6 },
  summary: 'The highest number of a control message that the kernel knows.',
  see: ['RXRPC_UPGRADEABLE_SERVICE'],
  man: 'linux/rxrpc.h',
  since: '4.13',
});

export const RXRPC_UPGRADEABLE_SERVICE = option({
  name: 'RXRPC_UPGRADEABLE_SERVICE',
  level: 'SOL_RXRPC',
  access: 'wo',
  value: serviceUpgrade(),
  length: 'exact',
  on: { linux: 5 },
  summary:
    'Lets a server move calls from one service to another that it offers on the same socket, if the client asks.',
  notes: ['The socket must have been bound twice, to both services: EISCONN otherwise.'],
  see: ['RXRPC_SUPPORTED_CMSG'],
  man: 'linux/rxrpc.h',
  since: '4.13',
  sample: { from: 52, to: 2052 },
});
