// The options of RDS (SOL_RDS), sorted by C name.

export {};
