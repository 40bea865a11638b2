// Options with values as callers give them, checked once, before any system call.
import { get, type Settings } from './catalog/index.ts';
import { SockctlError, show } from './errors.ts';
import type { AnyOption } from './option.ts';
import { checkWritable, encodeValue, intOf, writeBytes, writeInt } from './typed.ts';

/** Settings by name, or pairs, which also take options that the catalogue does not have. */
export type ApplyInput = Settings | readonly (readonly [AnyOption | string, unknown])[];

/** One option with the value that it shall get. */
export class Setting {
  readonly option: AnyOption;
  readonly asked: unknown;
  /** The value where it is set as one C int: no bytes are needed then. */
  readonly int: number | undefined;
  #bytes: Uint8Array | undefined;

  /** @throws SockctlError a value that the option does not take */
  constructor(option: AnyOption, asked: unknown) {
    this.option = option;
    this.asked = asked;
    this.int = option.toInt === undefined ? undefined : intOf(option, asked);
    if (this.int === undefined) this.#bytes = encodeValue(option, asked);
  }

  get bytes(): Uint8Array {
    this.#bytes ??= encodeValue(this.option, this.asked);
    return this.#bytes;
  }

  /** @throws SocketOptionError what the kernel refuses */
  write(fd: number): void {
    // Not what was asked: the caller may have changed that since it was checked.
    if (this.int === undefined) writeBytes(fd, this.option, this.bytes, this.asked);
    else writeInt(fd, this.option, this.int, this.asked);
  }
}

/**
 * Every name and value is checked before the first system call.
 * @param caller who asks, for the error of a wrong argument
 * @throws SockctlError an unknown name, a value that the option does not take, a read-only option
 */
export function checkSettings(values: ApplyInput, caller = 'apply'): Setting[] {
  if (typeof values !== 'object' || values === null) {
    throw new SockctlError(
      'ERR_INVALID_ARGUMENT',
      `${caller} takes an object of options by name, or pairs of option and value, got ${show(values)}`,
    );
  }
  const settings: Setting[] = [];
  if (Array.isArray(values) || values instanceof Map) {
    for (const pair of values as Iterable<unknown>) {
      if (!Array.isArray(pair) || pair.length !== 2) {
        throw new SockctlError('ERR_INVALID_ARGUMENT', `${caller} takes pairs of option and value, got ${show(pair)}`);
      }
      add(settings, pair[0], pair[1]);
    }
  } else {
    for (const name of Object.keys(values)) add(settings, name, (values as Record<string, unknown>)[name]);
  }
  return settings;
}

function add(settings: Setting[], name: AnyOption | string, asked: unknown): void {
  if (asked === undefined) return;
  const option = get(name);
  // A name that this system lacks is reported, like a refusal of the kernel; the others still apply.
  if (option.number >= 0 && option.access !== 'none') checkWritable(option);
  settings.push(new Setting(option, asked));
}
