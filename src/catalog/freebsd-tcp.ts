// TCP options that only FreeBSD has, sorted by C name.

export {};
