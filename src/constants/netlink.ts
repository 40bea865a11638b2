// Groups of netlink sockets (RTNLGRP_*): what NETLINK_ADD_MEMBERSHIP takes on a socket of NETLINK_ROUTE.

/** Network interfaces: made, changed, up, down, gone. */
export const RTNLGRP_LINK = 1;
/** Neighbours: ARP and IPv6's counterpart. */
export const RTNLGRP_NEIGH = 3;
/** IPv4 addresses of interfaces. */
export const RTNLGRP_IPV4_IFADDR = 5;
/** IPv4 routes. */
export const RTNLGRP_IPV4_ROUTE = 7;
/** IPv4 routing rules. */
export const RTNLGRP_IPV4_RULE = 8;
/** IPv6 addresses of interfaces. */
export const RTNLGRP_IPV6_IFADDR = 9;
/** IPv6 routes. */
export const RTNLGRP_IPV6_ROUTE = 11;
/** IPv6 routing rules. */
export const RTNLGRP_IPV6_RULE = 19;
