// Values of RxRPC's options: how well calls must be secured.

/** Nothing is signed or encrypted. */
export const RXRPC_SECURITY_PLAIN = 0;
/** Packets are signed. */
export const RXRPC_SECURITY_AUTH = 1;
/** Packets are signed and encrypted. */
export const RXRPC_SECURITY_ENCRYPT = 2;

/** The levels of RXRPC_MIN_SECURITY_LEVEL by name. */
export const rxrpcSecurityLevels = { RXRPC_SECURITY_PLAIN, RXRPC_SECURITY_AUTH, RXRPC_SECURITY_ENCRYPT } as const;
