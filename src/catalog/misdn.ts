// The options of modular ISDN (SOL_MISDN), sorted by C name.

export {};
