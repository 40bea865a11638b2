// The options of AF_XDP sockets (SOL_XDP), sorted by C name.

export {};
