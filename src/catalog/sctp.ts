// The options of SCTP (SOL_SCTP) that Linux has, sorted by C name.

export {};
