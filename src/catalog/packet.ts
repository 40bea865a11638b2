// The options of packet sockets (SOL_PACKET), sorted by C name.

export {};
