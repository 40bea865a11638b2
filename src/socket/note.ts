// Keeps something with an object of the runtime's, where the program cannot see it.

/** A constructor that gives what it is given: fields of a class below are put on that object. */
const Given = function (this: unknown, object: object): object {
  return object;
} as unknown as new (
  object: object,
) => object;

/** A place for one value on each of any number of objects. */
export interface Notes<T> {
  put(object: object, value: T): void;
  of(object: object): T | undefined;
}

/**
 * A private field on objects of the runtime's. A WeakMap would do the same, and cost an http client a tenth of its
 * connections: V8 collects garbage much slower with one that grows and shrinks by thousands a second.
 */
export function notes<T>(): Notes<T> {
  return class Note extends Given {
    #value: T;

    private constructor(object: object, value: T) {
      super(object);
      this.#value = value;
    }

    static put(object: object, value: T): void {
      if (#value in object) object.#value = value;
      else new Note(object, value);
    }

    static of(object: object): T | undefined {
      return #value in object ? object.#value : undefined;
    }
  };
}
