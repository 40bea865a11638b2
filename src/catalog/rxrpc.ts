// The options of RxRPC (SOL_RXRPC), sorted by C name.

export {};
