// The options of raw CAN sockets (SOL_CAN_RAW), sorted by C name.

export {};
