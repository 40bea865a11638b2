// Options that only FreeBSD has (TCP's have a file of their own), by level, then by C name.

export {};
