// A network namespace with its sockets' owners: what all records of one listing share.
import { Defaults } from './changed.ts';
import { type Owner, ProcessTable } from './processes.ts';

/** The processes of one listing; read when they are first asked for. */
export class Owners {
  #table: ProcessTable | undefined;

  constructor(table?: ProcessTable) {
    this.#table = table;
  }

  /** Whether somebody has asked. */
  get isRead(): boolean {
    return this.#table !== undefined;
  }

  get table(): ProcessTable {
    this.#table ??= new ProcessTable();
    return this.#table;
  }
}

export class Place {
  /** The namespace's number; undefined where it may not be asked. */
  readonly namespace: number | undefined;
  /** A process that is in it; undefined where it is this process's own. */
  readonly pid: number | undefined;
  readonly defaults: Defaults;
  readonly #owners: Owners;

  constructor(namespace: number | undefined, pid: number | undefined, owners: Owners, defaults = new Defaults()) {
    this.namespace = namespace;
    this.pid = pid;
    this.#owners = owners;
    this.defaults = defaults;
  }

  owners(inode: number): Owner[] {
    return this.#owners.table.owners(inode);
  }
}
