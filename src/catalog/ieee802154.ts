// The options of IEEE 802.15.4 sockets (SOL_IEEE802154), sorted by C name.

export {};
