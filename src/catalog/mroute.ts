// Multicast routing (IP and IPv6), sorted by C name.

export {};
