// The options of IPX (SOL_IPX), sorted by C name.

export {};
