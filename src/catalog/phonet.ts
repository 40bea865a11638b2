// The options of Phonet pipes (SOL_PNPIPE), sorted by C name.

export {};
