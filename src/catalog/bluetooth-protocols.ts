// The options of Bluetooth's protocols (SOL_HCI, SOL_L2CAP, SOL_RFCOMM, SOL_SCO), by level, then by C name.

export {};
