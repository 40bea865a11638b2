// What a declaration says in a word: what can be done with an option, when, and what the kernel makes of it.

/** Read and write, read only, write only; `none`: a name that can be explained but not used. */
export type Access = 'rw' | 'ro' | 'wo' | 'none';

/** When a set takes effect. */
export type When = 'before-bind' | 'before-listen' | 'before-connect' | 'connected' | 'any';

/** How the value that is read back differs from the one that was set. */
export type Readback =
  /** The kernel keeps twice what was asked. */
  | 'doubled'
  /** Quantised: to clock ticks, to whole retransmissions, to whole bytes. */
  | 'rounded'
  /** Some bits are not the caller's to set. */
  | 'masked'
  /** The kernel changes it by itself later on. */
  | 'volatile';

/** What the kernel demands of the buffer's length; a codec's own size and `variable` cover the rest. */
export type LengthRule =
  /** Exactly the codec's size, nothing longer. */
  | 'exact'
  /** At least the codec's size; more is ignored. */
  | 'at-least'
  /** At most the value's own length, which is not known before: EINVAL asks for less (SO_PEERNAME). */
  | 'at-most'
  /** The struct grows with the kernel: offer more, decode what came back. */
  | 'grows'
  /** The length argument counts elements, not bytes (SO_GET_FILTER). */
  | 'elements'
  /** The kernel reads the buffer before it fills it: a read needs a `query`. */
  | 'in-out';

/** What a name of access `none` is, where it is no option: marked, for people meet it in headers. */
export type Role =
  /** Only the type of a control message of sendmsg or recvmsg. */
  | 'control message'
  /** In the headers, but no kernel ever served it. */
  | 'never implemented'
  /** A number of ioctl(2), not of getsockopt or setsockopt. */
  | 'ioctl'
  /** The kernel's own, not for programs. */
  | 'internal';
