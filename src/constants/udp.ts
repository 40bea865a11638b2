// Values that UDP options take: the protocols that a UDP socket can carry inside (UDP_ENCAP_*).

/** No encapsulation: an ordinary UDP socket. */
export const UDP_ENCAP_NONE = 0;
/** IPsec ESP in UDP as early drafts had it; newer kernels refuse it. */
export const UDP_ENCAP_ESPINUDP_NON_IKE = 1;
/** IPsec ESP in UDP (RFC 3948): how IPsec passes NAT. */
export const UDP_ENCAP_ESPINUDP = 2;
/** L2TP in UDP (RFC 2661). */
export const UDP_ENCAP_L2TPINUDP = 3;
/** GTP version 0 (GSM TS 09.60); set by the kernel's own driver only. */
export const UDP_ENCAP_GTP0 = 4;
/** GTP-U version 1 (3GPP TS 29.060); set by the kernel's own driver only. */
export const UDP_ENCAP_GTP1U = 5;
/** RxRPC; set by the kernel's own driver only. */
export const UDP_ENCAP_RXRPC = 6;

/** Encapsulations by name, for UDP_ENCAP. */
export const udpEncapsulations = {
  UDP_ENCAP_NONE,
  UDP_ENCAP_ESPINUDP_NON_IKE,
  UDP_ENCAP_ESPINUDP,
  UDP_ENCAP_L2TPINUDP,
  UDP_ENCAP_GTP0,
  UDP_ENCAP_GTP1U,
  UDP_ENCAP_RXRPC,
} as const;
