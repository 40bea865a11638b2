// The options of MCTP (SOL_MCTP), sorted by C name.

export {};
