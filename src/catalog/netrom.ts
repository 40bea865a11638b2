// The options of NET/ROM (SOL_NETROM), sorted by C name.

export {};
