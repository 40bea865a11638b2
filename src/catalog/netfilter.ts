// The tables of netfilter, which sockets of IP and IPv6 read and replace, sorted by C name.

export {};
