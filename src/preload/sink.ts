// Where a trace goes: stderr, or a file.
import { appendFileSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { warnOnce } from './warn.ts';

/** Takes a whole message; never throws. */
export type Sink = (text: string) => void;

/** What SOCKCTL_TRACE asks for. */
export interface TraceTarget {
  /** An absolute path; undefined is stderr. */
  readonly file?: string;
  readonly json: boolean;
}

/** `1` or `json` is stderr, else it is the path of a file, from the current folder. Nothing, or `0`, is no trace. */
export function traceTarget(asked: string | undefined): TraceTarget | undefined {
  if (!asked || asked === '0' || asked === 'false') return undefined;
  if (asked === '1' || asked === 'true') return { json: false };
  if (asked === 'json') return { json: true };
  return { file: resolve(asked), json: /\.(json|jsonl|ndjson)$/.test(asked) };
}

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

/** At once, and past whatever the program has done to process.stderr. What nobody reads is lost: no error may come of it. */
function toStderr(message: string): void {
  let rest = Buffer.from(message);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(2, rest));
  } catch (error) {
    // A pipe that is full for the moment: Node's own stream waits.
    if (codeOf(error) === 'EAGAIN') toStream(rest);
  }
}

function toStream(rest: Buffer): void {
  const ignore = (): void => {};
  process.stderr.once('error', ignore);
  process.stderr.write(rest, () => process.stderr.off('error', ignore));
}

function toFile(file: string): Sink {
  return (message) => {
    try {
      appendFileSync(file, message);
    } catch (error) {
      const why = `SOCKCTL_TRACE cannot be written to ${file} (${codeOf(error)}), and goes to stderr. Name another file`;
      warnOnce(`trace ${file}`, why);
      toStderr(message);
    }
  };
}

/** What writes a trace to its target. */
export function sinkFor({ file }: TraceTarget): Sink {
  return file === undefined ? toStderr : toFile(file);
}
