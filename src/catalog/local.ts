// The options of unix sockets on macOS and FreeBSD (SOL_LOCAL), sorted by C name.

export {};
