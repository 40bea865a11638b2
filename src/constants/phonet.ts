// Values of the options of Phonet pipes: what the pipe carries.

/** The program's own packets. */
export const PNPIPE_ENCAP_NONE = 0;
/** IP packets, from and to a network interface that the kernel makes. */
export const PNPIPE_ENCAP_IP = 1;

/** The values of PNPIPE_ENCAP by name. */
export const pnpipeEncaps = { PNPIPE_ENCAP_NONE, PNPIPE_ENCAP_IP } as const;
