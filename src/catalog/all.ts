// Every option and alias of the catalogue in one namespace, under its C name.
export * from './ip.ts';
export * from './ipv6.ts';
export * from './mptcp.ts';
export * from './multicast.ts';
export * from './socket.ts';
export * from './tcp.ts';
export * from './udp.ts';
