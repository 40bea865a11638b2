// Options that only Windows has, by level, then by C name.

export {};
