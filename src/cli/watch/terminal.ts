// The terminal as a screen that is drawn again and again, and given back as it was, whatever happens.
import type { ReadStream } from 'node:tty';

const ENTER = '\x1b[?1049h\x1b[?25l\x1b[?7l';
const LEAVE = '\x1b[?7h\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const REST_OF_LINE = '\x1b[K';
const REST_OF_SCREEN = '\x1b[J';

export class Terminal {
  readonly #quit: () => void;
  readonly #redraw: () => void;
  #entered = false;
  readonly #keys: ReadStream | undefined = process.stdin.isTTY ? process.stdin : undefined;

  /** @param quit for the keys q and Ctrl-C @param redraw when its size has changed */
  constructor(quit: () => void, redraw: () => void) {
    this.#quit = quit;
    this.#redraw = redraw;
  }

  enter(): void {
    this.#show();
    process.stdout.on('resize', this.#redraw);
    process.on('SIGCONT', this.#resumed);
    // Also where an error ends this process.
    process.on('exit', this.#hide);
    this.#keys?.on('data', this.#key);
  }

  leave(): void {
    process.stdout.off('resize', this.#redraw);
    process.off('SIGCONT', this.#resumed);
    process.off('exit', this.#hide);
    this.#keys?.off('data', this.#key);
    this.#hide();
    this.#keys?.pause();
  }

  /** Draws over what was there. A terminal that does not keep up is spared a picture. */
  draw(lines: readonly string[]): void {
    if (!this.#entered || process.stdout.writableNeedDrain) return;
    process.stdout.write(`${HOME}${lines.map((line) => `${REST_OF_LINE}${line}`).join('\r\n')}${REST_OF_SCREEN}`);
  }

  readonly #show = (): void => {
    if (this.#entered) return;
    this.#entered = true;
    this.#keys?.setRawMode(true);
    process.stdout.write(ENTER);
  };

  readonly #hide = (): void => {
    if (!this.#entered) return;
    this.#entered = false;
    process.stdout.write(LEAVE);
    this.#keys?.setRawMode(false);
  };

  readonly #resumed = (): void => {
    this.#show();
    this.#redraw();
  };

  readonly #key = (bytes: Buffer): void => {
    const keys = bytes.toString('latin1');
    // In raw mode the terminal makes no signals of these.
    if (keys.includes('q') || keys.includes('\x03')) this.#quit();
    else if (keys.includes('\x1a')) {
      this.#hide();
      process.kill(0, 'SIGTSTP');
    }
  };
}
