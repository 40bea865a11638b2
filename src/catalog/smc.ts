// The options of SMC (SOL_SMC), sorted by C name.

export {};
