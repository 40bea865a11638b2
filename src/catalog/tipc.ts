// The options of TIPC (SOL_TIPC), sorted by C name.

export {};
