// The options of kernel TLS (SOL_TLS), sorted by C name.
import { bool, u16 } from '../codec/scalar.ts';
import { tlsCryptoInfo } from '../codec/tls.ts';
import { option } from '../option.ts';

const after = { TCP_ULP: 'tls' } as const;
const handshake = "The handshake is a TLS library's: the kernel takes over the records once the keys are known.";
const material =
  'Which lengths iv, key and salt have follows from cipher_type; iv and salt are both parts of the nonce of RFC 5288.';

export const TLS_RX = option({
  name: 'TLS_RX',
  secret: true,
  level: 'SOL_TLS',
  access: 'rw',
  value: tlsCryptoInfo(),
  on: { linux: 2 },
  summary: 'The keys with which the kernel decrypts what arrives on this connection (kernel TLS).',
  notes: [
    handshake,
    material,
    'Records other than data make a plain read fail with EIO: recvmsg tells their type in a control message.',
    'A second set on TLS 1.3 is a key update, since Linux 6.14; otherwise EBUSY.',
  ],
  when: 'connected',
  after,
  see: ['TLS_TX', 'TCP_ULP', 'TLS_RX_EXPECT_NO_PAD'],
  man: 'RFC 8446, linux/tls.h',
  since: '4.17',
  sample: {
    cipher_type: 'TLS_CIPHER_AES_GCM_128',
    iv: '0102030405060708',
    key: '000102030405060708090a0b0c0d0e0f',
    salt: '0a0b0c0d',
  },
});

export const TLS_RX_EXPECT_NO_PAD = option({
  name: 'TLS_RX_EXPECT_NO_PAD',
  level: 'SOL_TLS',
  access: 'rw',
  value: bool(),
  on: { linux: 4 },
  summary: 'Decrypts straight into the memory of the reader, in the hope that records have no padding (TLS 1.3).',
  notes: [
    'A record that is padded, or is no data, is decrypted twice: only for peers that are trusted not to do that.',
    'Needs TLS_RX with TLS 1.3 first: EINVAL otherwise.',
  ],
  when: 'connected',
  after,
  see: ['TLS_RX'],
  man: 'linux/tls.h',
  since: '6.0',
  example: true,
});

export const TLS_TX = option({
  name: 'TLS_TX',
  secret: true,
  level: 'SOL_TLS',
  access: 'rw',
  value: tlsCryptoInfo(),
  on: { linux: 1 },
  summary: 'The keys with which the kernel encrypts what is sent on this connection (kernel TLS).',
  notes: [
    handshake,
    material,
    'sendfile(2) then works on encrypted connections; a network card may do the encryption.',
    'A second set on TLS 1.3 is a key update, since Linux 6.14; otherwise EBUSY.',
  ],
  when: 'connected',
  after,
  see: ['TLS_RX', 'TCP_ULP', 'TLS_TX_ZEROCOPY_RO', 'TLS_TX_MAX_PAYLOAD_LEN'],
  man: 'RFC 8446, linux/tls.h',
  since: '4.13',
  sample: {
    cipher_type: 'TLS_CIPHER_AES_GCM_128',
    iv: '0102030405060708',
    key: '000102030405060708090a0b0c0d0e0f',
    salt: '0a0b0c0d',
  },
});

export const TLS_TX_MAX_PAYLOAD_LEN = option({
  name: 'TLS_TX_MAX_PAYLOAD_LEN',
  level: 'SOL_TLS',
  access: 'rw',
  value: u16({ min: 63, max: 16384, unit: 'bytes' }),
  on: { linux: 5 },
  summary: 'The most data that the kernel puts into one record, for peers that asked for small ones (RFC 8449).',
  notes: [
    'TLS 1.3 counts a byte for the type of the record: pass the record_size_limit of the peer less 1 there.',
    'At least 64 with TLS 1.2, 63 with TLS 1.3. The default is 16384.',
  ],
  when: 'connected',
  after,
  see: ['TLS_TX'],
  man: 'RFC 8449, linux/tls.h',
  since: '6.19',
  example: 4096,
});

export const TLS_TX_ZEROCOPY_RO = option({
  name: 'TLS_TX_ZEROCOPY_RO',
  level: 'SOL_TLS',
  access: 'rw',
  value: bool(),
  on: { linux: 3 },
  summary: 'Lets sendfile hand the pages of a file to a network card that encrypts, without a copy in between.',
  notes: [
    'The file must not change until it is sent: a segment that is sent again would differ, and the peer would refuse it.',
    'Only with TLS offloaded to the network card.',
  ],
  when: 'connected',
  after,
  see: ['TLS_TX'],
  man: 'linux/tls.h',
  since: '5.19',
  example: true,
});
