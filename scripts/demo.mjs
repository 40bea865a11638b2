// What `npm start` shows: the options of a fresh TCP socket, then a few of them set, before and after.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const demos = [
  ['show', 'tcp'],
  [
    'try',
    'tcp',
    'SO_SNDBUF=4096',
    'TCP_NODELAY=on',
    'SO_KEEPALIVE=on',
    'TCP_KEEPIDLE=60',
    'SO_LINGER=5s',
    'SO_RCVTIMEO=1500ms',
  ],
];
for (const demo of demos) {
  console.log(`\n$ sockctl ${demo.join(' ')}`);
  const { status } = spawnSync(process.execPath, [command, ...demo], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
