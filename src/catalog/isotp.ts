// The options of CAN ISO-TP (SOL_CAN_ISOTP), sorted by C name.

export {};
