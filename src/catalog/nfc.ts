// The options of NFC's LLCP sockets (SOL_NFC), sorted by C name.

export {};
