// Which processes have which sockets: the descriptors of all processes, by the inodes of their sockets.

import { type ProcessFacts, processFacts, processIds } from '../kernel/processes.ts';
import { eachSocket } from '../kernel/procfs.ts';

/** A process that has a socket open, and the number of its descriptor. */
export interface Owner {
  readonly pid: number;
  readonly fd: number;
  /** The process's name as the kernel has it. Any bytes: escape it before a terminal sees it. */
  readonly process: string;
  /** Clock ticks from the machine's start to the process's: with the pid it names one process for ever. */
  readonly start: number;
}

const END = -1;

/** Integers in a row, as compact as they can be: a machine may have a million sockets. */
class Numbers {
  #items = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#items.length) {
      const more = new Int32Array(this.#items.length * 2);
      more.set(this.#items);
      this.#items = more;
    }
    this.#items[this.length++] = value;
  }

  at(index: number): number {
    return this.#items[index] as number;
  }
}

/** The sockets of all processes, or of some, at one moment. */
export class ProcessTable {
  readonly processes: readonly ProcessFacts[];
  /** Processes whose descriptors this user may not list. */
  readonly closed: readonly ProcessFacts[];
  // Each socket's last descriptor; the others hang behind it.
  readonly #last = new Map<number, number>();
  readonly #fd = new Numbers();
  readonly #process = new Numbers();
  readonly #before = new Numbers();

  /** @throws SockctlError ERR_UNSUPPORTED on systems other than Linux, and without /proc */
  constructor(wanted?: (process: ProcessFacts) => boolean, pids: readonly number[] = processIds()) {
    const processes: ProcessFacts[] = [];
    const closed: ProcessFacts[] = [];
    for (const pid of pids) {
      const facts = processFacts(pid);
      if (facts === undefined || (wanted && !wanted(facts))) continue;
      const index = processes.push(facts) - 1;
      try {
        eachSocket(pid, (fd, inode) => this.#add(index, fd, inode));
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EACCES' || code === 'EPERM') closed.push(facts);
        // Ended meanwhile.
        else if (code !== 'ENOENT' && code !== 'ESRCH') throw error;
      }
    }
    this.processes = processes;
    this.closed = closed;
  }

  #add(process: number, fd: number, inode: number): void {
    this.#before.push(this.#last.get(inode) ?? END);
    this.#last.set(inode, this.#fd.length);
    this.#fd.push(fd);
    this.#process.push(process);
  }

  has(inode: number): boolean {
    return this.#last.has(inode);
  }

  /** The processes that have a socket, in the order of the table. Empty where none has it, or none that may be seen. */
  owners(inode: number): Owner[] {
    let at = this.#last.get(inode) ?? END;
    if (at === END) return [];
    const last = this.#owner(at);
    at = this.#before.at(at);
    // Nearly all sockets have one owner.
    if (at === END) return [last];
    const found = [last];
    for (; at !== END; at = this.#before.at(at)) found.push(this.#owner(at));
    return found.reverse();
  }

  /** Calls `use` where one process has the socket, once; false where nobody has it, or more. */
  only(inode: number, use: (process: ProcessFacts, fd: number) => void): boolean {
    const at = this.#last.get(inode) ?? END;
    if (at === END || this.#before.at(at) !== END) return false;
    use(this.processes[this.#process.at(at)] as ProcessFacts, this.#fd.at(at));
    return true;
  }

  #owner(at: number): Owner {
    const { pid, name, start } = this.processes[this.#process.at(at)] as ProcessFacts;
    return { pid, fd: this.#fd.at(at), process: name, start };
  }

  /** Every socket once. */
  inodes(): IterableIterator<number> {
    return this.#last.keys();
  }

  /** How many sockets. */
  get size(): number {
    return this.#last.size;
  }
}
