// What every listing of `sockctl ps` needs, in one import: each costs start-up time.
export { SocketList } from '../../live/listing.ts';
export { lateReach } from '../../live/reach.ts';
export { jsonWriter } from './json.ts';
export { Look } from './look.ts';
