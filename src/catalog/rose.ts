// The options of ROSE (SOL_ROSE), sorted by C name.

export {};
