// Errors that pass by themselves: what they have stopped is tried again with the next socket.

/** Whether this process, or the machine, had no descriptor left. */
export function outOfDescriptors(error: unknown): boolean {
  const { code, cause } = error as NodeJS.ErrnoException;
  return code === 'EMFILE' || code === 'ENFILE' || (cause !== undefined && outOfDescriptors(cause));
}
