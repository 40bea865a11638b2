// The options of the kernel's crypto sockets (SOL_ALG), sorted by C name.
import { algIv, asLength } from '../codec/alg.ts';
import { bytes } from '../codec/bytes.ts';
import { enumeration } from '../codec/enumeration.ts';
import { int, u32 } from '../codec/scalar.ts';
import { algOperations } from '../constants/alg.ts';
import { option } from '../option.ts';

const bound = 'The socket must be bound to an algorithm first: ENOPROTOOPT otherwise.';
const early = 'On the socket that is bound, not on those that accept(2) gives from it.';
const message = 'Send it with sendmsg(2), as a control message of level SOL_ALG';

export const ALG_SET_AEAD_ASSOCLEN = option({
  name: 'ALG_SET_AEAD_ASSOCLEN',
  level: 'SOL_ALG',
  access: 'none',
  role: 'control message',
  value: u32({ unit: 'bytes' }),
  on: { linux: 4 },
  summary: 'How many bytes at the start of a request are authenticated but not encrypted (AEAD).',
  see: ['ALG_SET_AEAD_AUTHSIZE', 'ALG_SET_OP'],
  man: 'linux/if_alg.h',
  instead: message,
});

export const ALG_SET_AEAD_AUTHSIZE = option({
  name: 'ALG_SET_AEAD_AUTHSIZE',
  level: 'SOL_ALG',
  access: 'wo',
  value: asLength({ unit: 'bytes' }),
  on: { linux: 5 },
  summary: 'How long the authentication tag of an AEAD cipher is.',
  notes: [
    'The number is passed as the length argument of setsockopt(2), without a buffer.',
    'A length that the cipher does not have gives EINVAL: GCM takes 4, 8 and 12 to 16.',
    bound,
    early,
  ],
  when: 'any',
  see: ['ALG_SET_KEY', 'ALG_SET_AEAD_ASSOCLEN'],
  man: 'linux/if_alg.h',
  sample: 16,
});

export const ALG_SET_DRBG_ENTROPY = option({
  name: 'ALG_SET_DRBG_ENTROPY',
  secret: true,
  level: 'SOL_ALG',
  access: 'wo',
  value: bytes({ max: 4096 }),
  on: { linux: 6 },
  summary: 'Replaces the entropy of a deterministic random number generator, so that a test can know what it gives.',
  notes: [
    'The value is a seed, bytes without a structure.',
    'Only a kernel with CONFIG_CRYPTO_USER_API_RNG_CAVP has it.',
    bound,
  ],
  needs: 'CAP_SYS_ADMIN',
  when: 'any',
  see: ['ALG_SET_KEY'],
  man: 'linux/if_alg.h',
  since: '5.10',
  sample: Uint8Array.of(1, 2, 3, 4),
});

export const ALG_SET_IV = option({
  name: 'ALG_SET_IV',
  level: 'SOL_ALG',
  access: 'none',
  role: 'control message',
  value: algIv(),
  on: { linux: 2 },
  summary: 'The initialisation vector of one request.',
  see: ['ALG_SET_OP', 'ALG_SET_KEY'],
  man: 'linux/if_alg.h',
  instead: message,
});

export const ALG_SET_KEY = option({
  name: 'ALG_SET_KEY',
  secret: true,
  level: 'SOL_ALG',
  access: 'wo',
  value: bytes({ max: 4096 }),
  on: { linux: 1 },
  summary: 'The key of a cipher or a keyed hash; for a random number generator its seed.',
  notes: [
    'The value is a key, bytes without a structure; which lengths there are is up to the algorithm (EINVAL).',
    bound,
    early,
    'EBUSY while requests are open on sockets that were accepted from this one.',
  ],
  when: 'any',
  see: ['ALG_SET_KEY_BY_KEY_SERIAL', 'ALG_SET_AEAD_AUTHSIZE'],
  man: 'linux/if_alg.h',
  since: '2.6.38',
  sample: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
});

export const ALG_SET_KEY_BY_KEY_SERIAL = option({
  name: 'ALG_SET_KEY_BY_KEY_SERIAL',
  level: 'SOL_ALG',
  access: 'wo',
  value: int(),
  on: { linux: 7 },
  summary: 'The key of a cipher, taken from a keyring of the kernel: the program never sees it.',
  notes: [
    'The value is the serial number that add_key(2) or keyctl(2) gives.',
    'Keys of the types user, logon, encrypted and trusted can be taken, where the process may search them.',
    bound,
    early,
  ],
  when: 'any',
  see: ['ALG_SET_KEY'],
  man: 'keyrings(7)',
  since: '6.2',
  sample: 1,
});

export const ALG_SET_OP = option({
  name: 'ALG_SET_OP',
  level: 'SOL_ALG',
  access: 'none',
  role: 'control message',
  value: enumeration(algOperations),
  on: { linux: 3 },
  summary: 'Whether a request encrypts or decrypts.',
  see: ['ALG_SET_IV', 'ALG_SET_AEAD_ASSOCLEN'],
  man: 'linux/if_alg.h',
  instead: message,
});
