// The options of vsock (level AF_VSOCK), sorted by C name.

export {};
