// The options of PPP over L2TP (SOL_PPPOL2TP), sorted by C name.

export {};
