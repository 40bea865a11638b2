// The options of all Bluetooth sockets (SOL_BLUETOOTH), sorted by C name.

export {};
