// The options of netlink sockets (SOL_NETLINK), sorted by C name.

export {};
