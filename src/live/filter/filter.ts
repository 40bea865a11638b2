// What a filter is to those who list sockets.
import type { LiveSocket } from '../socket.ts';

/** A condition on sockets. */
export interface Filter {
  /** Whether it is for a socket; undefined where what it asks for cannot be known (an option that may not be read). */
  test(socket: LiveSocket): boolean | undefined;
}
