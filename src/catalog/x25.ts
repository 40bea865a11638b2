// The options of X.25 (SOL_X25), sorted by C name.

export {};
