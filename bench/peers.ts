// The npm packages that sockctl is measured against: installed into bench/ when missing, left out by name otherwise.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { type Contender, loop } from './harness.ts';

const folder = resolve('bench');
const require = createRequire(join(folder, 'package.json'));

function install(): void {
  if (existsSync(join(folder, 'node_modules'))) return;
  console.log('installing the peers into bench/ ...');
  spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

interface Sockopt {
  getsockopt(socket: Socket, level: number, name: number): number;
}

interface NetKeepalive {
  getKeepAliveInterval(socket: Socket): number;
}

/** How each peer reads one int of a connected socket. */
export function peers(socket: Socket, level: number, name: number): Contender[] {
  install();
  const found: Contender[] = [];
  const add = (peer: string, note: string, make: () => () => unknown): void => {
    try {
      const call = make();
      call();
      found.push({ name: `${peer} ${note}`, work: loop(call) });
    } catch (error) {
      console.log(`${peer} could not be used: ${(error as Error).message.split('\n')[0]}`);
    }
  };
  add('sockopt 2.0.1', '(SO_RCVBUF)', () => {
    const { getsockopt } = require('sockopt') as Sockopt;
    return () => getsockopt(socket, level, name);
  });
  add('net-keepalive 4.0.28', '(TCP_KEEPINTVL)', () => {
    const { getKeepAliveInterval } = require('net-keepalive') as NetKeepalive;
    return () => getKeepAliveInterval(socket);
  });
  return found;
}
