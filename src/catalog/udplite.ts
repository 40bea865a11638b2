// The options of UDP-Lite (SOL_UDPLITE), sorted by C name.

export {};
