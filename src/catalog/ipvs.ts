// The tables of the IP virtual server, sorted by C name.

export {};
