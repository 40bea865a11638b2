// The options of kernel TLS (SOL_TLS), sorted by C name.

export {};
