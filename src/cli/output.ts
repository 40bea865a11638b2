// Standard output and what is known of it: width, colours, a reader that has gone.

/** Columns of the terminal; 80 where there is none. */
export function width(): number {
  const { columns } = process.stdout;
  return columns && columns >= 20 ? columns : 80;
}

let failed = false;

// What was written is all that is wanted of a reader like `head -1`: the rest is dropped without a word.
function onFailure(error: NodeJS.ErrnoException): void {
  // A file stays open after a failure, and each further write fails as well.
  if (error.code === 'EPIPE' || failed) return;
  failed = true;
  process.exitCode = 1;
  process.stderr.write(`sockctl: cannot write the output: ${error.code ?? error.message}\n`);
}

/** To be called once, before anything is printed. */
export function guardOutput(): void {
  process.stdout.on('error', onFailure);
  process.stderr.on('error', () => {});
}

export function print(text: string | Uint8Array): void {
  process.stdout.write(text);
}

/** Whether all that was printed is handed on: the memory of its bytes may be used again. */
export function isOut(): boolean {
  return process.stdout.writableLength === 0;
}

/** Prints a piece of something long, and waits for whoever reads it. False where nobody reads any more. */
export async function flow(text: string | Uint8Array): Promise<boolean> {
  const { stdout } = process;
  if (stdout.destroyed || failed) return false;
  if (!stdout.write(text)) {
    await new Promise<void>((resolve) => {
      const done = (): void => {
        stdout.off('drain', done);
        stdout.off('close', done);
        resolve();
      };
      stdout.on('drain', done);
      stdout.on('close', done);
    });
  }
  return !(stdout.destroyed || failed);
}
