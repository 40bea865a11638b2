// Values of AF_XDP options: flags of the packet memory and of the socket. See linux/if_xdp.h.

/** Packets may lie anywhere in the memory, not only at multiples of the chunk size. */
export const XDP_UMEM_UNALIGNED_CHUNK_FLAG = 1 << 0;
/** Checksums of sent packets are computed by the kernel, in copy mode (Linux 6.8). */
export const XDP_UMEM_TX_SW_CSUM = 1 << 1;
/** tx_metadata_len counts: newer kernels ignore that field without this flag. */
export const XDP_UMEM_TX_METADATA_LEN = 1 << 2;

/** Flags of XDP_UMEM_REG by name. Linux. */
export const xdpUmemFlags = {
  XDP_UMEM_UNALIGNED_CHUNK_FLAG,
  XDP_UMEM_TX_SW_CSUM,
  XDP_UMEM_TX_METADATA_LEN,
} as const;

/** The driver reads and writes the packet memory itself: nothing is copied. */
export const XDP_OPTIONS_ZEROCOPY = 1 << 0;

/** Flags of XDP_OPTIONS by name. Linux. */
export const xdpOptionFlags = { XDP_OPTIONS_ZEROCOPY } as const;
