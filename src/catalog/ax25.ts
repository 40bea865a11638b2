// The options of AX.25 (SOL_AX25), sorted by C name.

export {};
