// The options of LLC (SOL_LLC), sorted by C name.

export {};
