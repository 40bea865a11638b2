// Values of RDS: transports, flags of connections, messages and memory regions.

/** What carries RDS: InfiniBand, TCP; none before the socket is bound. 1 was iWARP. */
export const RDS_TRANS_IB = 0;
export const RDS_TRANS_GAP = 1;
export const RDS_TRANS_TCP = 2;
export const RDS_TRANS_NONE = -1;

/** Transports by name. */
export const rdsTransports = { RDS_TRANS_IB, RDS_TRANS_GAP, RDS_TRANS_TCP, RDS_TRANS_NONE } as const;

/** Flags of a connection by name. */
export const rdsConnectionFlags = {
  RDS_INFO_CONNECTION_FLAG_SENDING: 1,
  RDS_INFO_CONNECTION_FLAG_CONNECTING: 2,
  RDS_INFO_CONNECTION_FLAG_CONNECTED: 4,
} as const;

/** Flags of a message by name. */
export const rdsMessageFlags = { RDS_INFO_MESSAGE_FLAG_ACK: 1, RDS_INFO_MESSAGE_FLAG_FAST_ACK: 2 } as const;

/** Flags of a memory region by name. */
export const rdsRdmaFlags = {
  RDS_RDMA_READWRITE: 0x01,
  RDS_RDMA_FENCE: 0x02,
  RDS_RDMA_INVALIDATE: 0x04,
  RDS_RDMA_USE_ONCE: 0x08,
  RDS_RDMA_DONTWAIT: 0x10,
  RDS_RDMA_NOTIFY_ME: 0x20,
  RDS_RDMA_SILENT: 0x40,
} as const;

/** Points on the way of a received message whose time can be told. */
export const rdsTracePoints = {
  RDS_MSG_RX_HDR_TO_DGRAM_START: 0,
  RDS_MSG_RX_DGRAM_REASSEMBLE: 1,
  RDS_MSG_RX_DGRAM_DELIVERED: 2,
} as const;
