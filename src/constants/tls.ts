// Values of kernel TLS: versions and ciphers that TLS_TX and TLS_RX take. See linux/tls.h.

export const TLS_1_2_VERSION = 0x0303;
export const TLS_1_3_VERSION = 0x0304;

/** Versions of TLS by name. Linux. */
export const tlsVersions = { TLS_1_2_VERSION, TLS_1_3_VERSION } as const;

export const TLS_CIPHER_AES_GCM_128 = 51;
export const TLS_CIPHER_AES_GCM_256 = 52;
export const TLS_CIPHER_AES_CCM_128 = 53;
export const TLS_CIPHER_CHACHA20_POLY1305 = 54;
/** China's national cipher (RFC 8998). */
export const TLS_CIPHER_SM4_GCM = 55;
export const TLS_CIPHER_SM4_CCM = 56;
/** Korea's national cipher (RFC 6209). */
export const TLS_CIPHER_ARIA_GCM_128 = 57;
export const TLS_CIPHER_ARIA_GCM_256 = 58;

/** Ciphers of kernel TLS by name. Linux. */
export const tlsCiphers = {
  TLS_CIPHER_AES_GCM_128,
  TLS_CIPHER_AES_GCM_256,
  TLS_CIPHER_AES_CCM_128,
  TLS_CIPHER_CHACHA20_POLY1305,
  TLS_CIPHER_SM4_GCM,
  TLS_CIPHER_SM4_CCM,
  TLS_CIPHER_ARIA_GCM_128,
  TLS_CIPHER_ARIA_GCM_256,
} as const;
