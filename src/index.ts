// The public API: re-exports only.
export { type ApplyOptions, apply, type Report } from './apply.ts';
export * from './catalog/all.ts';
export {
  type Catalog,
  lookup,
  options,
  optionsAt,
  type Seen,
  type Settings,
  search,
  suggest,
} from './catalog/index.ts';
export { httpAgent, httpsAgent } from './clients/agents.ts';
export { type Connector, type ConnectorOptions, connector, type Origin } from './clients/connector.ts';
export { type CreateConnection, createConnection } from './clients/create-connection.ts';
export { redisConnector } from './clients/redis.ts';
export { type Abi, abis } from './codec/abi.ts';
export type { Codec, InOf, OutOf, Unit } from './codec/codec.ts';
export * as codecs from './codec/index.ts';
export { calcsize, pack, unpack } from './codec/pack.ts';
export * from './constants/index.ts';
export { errorCodes, SockctlError, type SockctlErrorCode, SocketOptionError } from './errors.ts';
export { type Explanation, explain } from './explain.ts';
export { identify } from './identify.ts';
export type { SocketLike } from './kernel/descriptor.ts';
export { type BorrowedSocket, type BorrowOptions, borrow } from './live/borrow.ts';
export type { ChangedOption } from './live/changed.ts';
export {
  type CheckedSocket,
  type CheckList,
  type CheckOptions,
  type Compromise,
  check,
  type Fix,
  type Mended,
  mend,
  type Unjudged,
  type Unseen,
  type Violation,
} from './live/check.ts';
export {
  diagnose,
  type Evidence,
  type EvidenceOptions,
  evidenceOf,
  type Finding,
  findingCodes,
  readEvidenceOptions,
  type Severity,
} from './live/diagnose.ts';
export { factsOf, isGuess, sideOf } from './live/facts.ts';
export {
  allOf,
  type Field as FilterField,
  type FieldValue,
  type Filter,
  type FilterOptions,
  type Implied,
  type Needs,
  type ParsedFilter,
  parseFilter,
  type Subject,
} from './live/filter/index.ts';
export type { Owner } from './live/processes.ts';
export type { SocketsOptions } from './live/query.ts';
export {
  type Reverted,
  type RevertResult,
  revertLive,
  type SetLiveOptions,
  type SetResult,
  setLive,
} from './live/set.ts';
export type { LiveReport } from './live/set-foresee.ts';
export type { Lasting, UndoStep } from './live/set-undo.ts';
export type { LiveSocket, SocketMemory, SocketTimer } from './live/socket.ts';
export { type Blindness, type SocketList, sockets } from './live/sockets.ts';
export { type LiveProtocol, liveProtocols } from './live/sort.ts';
export { findSockets, formatTarget, parseTarget, type Target } from './live/target.ts';
export { type WatchOptions, type WatchSelection, watch } from './live/watch.ts';
export type { LimitShares, Sample, Tick } from './live/watch-sample.ts';
export {
  type Access,
  type AnyOption,
  alias,
  type Declaration,
  type Kind,
  kinds,
  Option,
  option,
  type Readable,
  type Readback,
  type When,
  type Writable,
} from './option.ts';
export type { Outcome } from './outcome.ts';
export {
  checkPolicy,
  type Policy,
  type PolicyMatch,
  type PolicyMistake,
  type PolicyMode,
  type PolicyRule,
  type PolicySetting,
  parsePolicy,
  type SocketFacts,
} from './policy/index.ts';
export type { ApplyInput } from './settings.ts';
export {
  type Difference,
  diff,
  Entry,
  type Snapshot,
  type SnapshotOptions,
  snapshot,
  type Unreadable,
} from './snapshot.ts';
export { type BirthReport, bornWith } from './socket/birth.ts';
export { connect } from './socket/connect.ts';
export type { ConnectOptions } from './socket/connect-options.ts';
export { datagram } from './socket/datagram.ts';
export { type DatagramSocket, watchErrorQueue } from './socket/datagram-errors.ts';
export type { DatagramOptions, DatagramPeer } from './socket/datagram-options.ts';
export { type ErrorOrigin, errorQueue, type PacketTimes, type QueuedError } from './socket/error-queue.ts';
export { type FreshSocket, fresh } from './socket/kinds.ts';
export { listen } from './socket/listen.ts';
export type { HasServer } from './socket/listen-adopt.ts';
export type { ListenError } from './socket/listen-errors.ts';
export type { ListenOptions } from './socket/listen-options.ts';
export type { MulticastGroup, MulticastOptions } from './socket/multicast.ts';
export { whenReady } from './socket/ready.ts';
export { type AddressInput, Socket } from './socket/socket.ts';
export { getsockopt, type OptionName, type RawValue, setsockopt } from './sockopt.ts';
