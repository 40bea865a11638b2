// The options of ATM (SOL_ATM), sorted by C name.

export {};
