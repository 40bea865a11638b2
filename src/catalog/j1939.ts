// The options of CAN J1939 (SOL_CAN_J1939), sorted by C name.

export {};
