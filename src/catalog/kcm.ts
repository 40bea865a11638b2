// The options of the kernel connection multiplexor (SOL_KCM), sorted by C name.

export {};
