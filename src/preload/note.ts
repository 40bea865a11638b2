// What is known of a socket, kept with its handle where the program cannot see it.

import type { Entry } from './session.ts';

/** A constructor that gives what it is given: fields of a class below are put on that object. */
const Given = function (this: unknown, object: object): object {
  return object;
} as unknown as new (
  object: object,
) => object;

/**
 * A private field on an object of the runtime's. A WeakMap would do the same, and cost an http client a tenth of its
 * connections: V8 collects garbage much slower with one that grows and shrinks by thousands a second.
 */
export class Note extends Given {
  #entry: Entry;

  private constructor(handle: object, entry: Entry) {
    super(handle);
    this.#entry = entry;
  }

  static put(handle: object, entry: Entry): void {
    if (#entry in handle) handle.#entry = entry;
    else new Note(handle, entry);
  }

  static of(handle: object): Entry | undefined {
    return #entry in handle ? handle.#entry : undefined;
  }
}
