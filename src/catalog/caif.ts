// The options of CAIF (SOL_CAIF), sorted by C name.

export {};
