// Options that only macOS has, by level, then by C name.

export {};
