// The options of IUCV on s390 (SOL_IUCV), sorted by C name.

export {};
