// The options of SCTP that only FreeBSD has, sorted by C name.

export {};
