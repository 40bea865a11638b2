// The variables of a service manager, as sd_listen_fds(3) reads them: strictly, and with a way out.
import { describe, expect, it } from 'vitest';
import { parseListenFds } from '../../src/kernel/listenfds.ts';
import { errorOf } from '../helpers.ts';

describe('the variables', () => {
  const good = { LISTEN_FDS: '2', LISTEN_PID: '7', LISTEN_FDNAMES: 'http:admin' };

  it('name descriptors from 3 on', () => {
    expect(parseListenFds(good, 7)).toEqual([
      { fd: 3, name: 'http' },
      { fd: 4, name: 'admin' },
    ]);
    expect(parseListenFds({ LISTEN_FDS: '1', LISTEN_PID: '7' }, 7)).toEqual([{ fd: 3, name: 'unknown' }]);
  });

  it.each([
    [{ LISTEN_FDS: undefined }, 'LISTEN_FDS is not set'],
    [{ LISTEN_PID: undefined }, 'LISTEN_PID is not set'],
    [{ LISTEN_PID: '8' }, 'passed to process 8, and this is process 7'],
    [{ LISTEN_PID: '7 ' }, 'LISTEN_PID must be a number, got "7 "'],
    [{ LISTEN_FDS: '-1' }, 'LISTEN_FDS must be a number, got "-1"'],
    [{ LISTEN_FDS: '0x2' }, 'LISTEN_FDS must be a number'],
    [{ LISTEN_FDS: '' }, 'LISTEN_FDS must be a number'],
    [{ LISTEN_FDS: '0' }, 'LISTEN_FDS is 0'],
    [{ LISTEN_FDS: '3' }, 'LISTEN_FDNAMES has 2 names for 3 descriptors'],
  ])('%j', (differs, text) => {
    const thrown = errorOf(() => parseListenFds({ ...good, ...differs }, 7));
    expect(thrown).toMatchObject({ code: 'ERR_INVALID_ARGUMENT', hint: expect.any(String) });
    expect(thrown.message).toContain(text);
  });
});
