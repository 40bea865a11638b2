// The filters of raw ICMP sockets (SOL_RAW, SOL_ICMPV6), sorted by C name.

export {};
