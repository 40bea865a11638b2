// The options of DCCP (SOL_DCCP), sorted by C name.

export {};
