// Values of the kernel's crypto sockets: what a request does. See linux/if_alg.h.

export const ALG_OP_DECRYPT = 0;
export const ALG_OP_ENCRYPT = 1;

/** Operations by name, for the control message ALG_SET_OP. Linux. */
export const algOperations = { ALG_OP_DECRYPT, ALG_OP_ENCRYPT } as const;
