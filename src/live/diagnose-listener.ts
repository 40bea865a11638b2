// Listening sockets: connections that wait for accept(2), and those for which there is no room.
import { inPercent } from '../render/units.ts';
import type { Case, Finding } from './diagnose-case.ts';

const wrapped = 2 ** 32;

export function listener(one: Case): Finding[] {
  const { state, recvQueue: waiting = 0, sendQueue: room = 0, before, memory, kind, sysctls } = one.evidence;
  if (state !== 'LISTEN' || !/^m?p?tcp/.test(kind)) return [];
  const found: Finding[] = [];
  const somaxconn = Number(sysctls?.['net.core.somaxconn']);
  const longer =
    room >= somaxconn
      ? `Accept faster; a longer queue needs net.core.somaxconn above ${somaxconn} and listen(2) with as much`
      : 'Accept faster, or call listen(2) with a larger backlog';
  const share = room > 0 ? waiting / room : 0;
  // The kernel refuses when more are waiting than the backlog says.
  if (waiting > room) {
    found.push({
      code: 'accept-queue-full',
      severity: 'problem',
      sentence: `the accept queue is full: ${waiting} connections wait, the backlog is ${room}; new ones are dropped`,
      figures: { waiting, backlog: room },
      advice: longer,
    });
  } else if (share >= 0.5) {
    found.push({
      code: 'accept-queue-filling',
      severity: share >= 0.8 ? 'warning' : 'note',
      sentence: `the accept queue is ${inPercent(share)} full: ${waiting} connections wait, the backlog is ${room}`,
      figures: { waiting, backlog: room, share },
      advice: longer,
    });
  }
  const [now, then] = [memory?.drops, before?.memory?.drops];
  const drops = now === undefined || then === undefined ? 0 : now >= then ? now - then : now - then + wrapped;
  if (drops > 0) {
    found.push({
      code: 'accept-queue-overflow',
      severity: 'problem',
      sentence: `${drops} packet${drops === 1 ? '' : 's'} of new connections ${drops === 1 ? 'was' : 'were'} dropped ${one.span}`,
      figures: { drops },
      advice: longer,
    });
  }
  return found;
}
