// The options of the kernel's crypto sockets (SOL_ALG), sorted by C name.

export {};
