// How values are compared: what every type of field, and every option, has to say of itself.

/** A value as it was written. */
export interface Written {
  readonly text: string;
  /** Then `*` is a star. */
  readonly quoted: boolean;
}

/** What is wrong with a value; the parser adds where. */
export class WrongValue extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** Whether one value fits; undefined where a part of it is not known. */
export type Test = (value: unknown) => boolean | undefined;

export type Order = '<' | '<=' | '>' | '>=';

/** How the values of one field, or of one option, are compared. */
export interface Comparison {
  /** Units that a number may have, for the parser, which also takes `100 ms`. */
  readonly units?: Readonly<Record<string, number>> | undefined;
  /** The value is a list, and it is compared as a whole (flags). */
  readonly whole?: boolean;
  equal(value: Written): Test;
  /** Undefined where the values have no order. */
  readonly order?: ((order: Order, value: Written) => Test) | undefined;
  /** Undefined where the values are no text that a pattern could be for. */
  readonly glob?: ((value: Written) => Test) | undefined;
  /** The one name of a value: what `state estab` asks for. Undefined for patterns. */
  readonly name?: ((value: Written) => string | undefined) | undefined;
}
