// Runs the library under each runtime's permission model, and adds the flags that its errors name until it works.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The flags that a program of this folder needs before it can run at all. */
const models = {
  'Node 20': ['--experimental-permission', `--allow-fs-read=${root}dist/`, `--allow-fs-read=${root}test/runtimes/`],
  'Node 22': ['--permission', `--allow-fs-read=${root}dist/`, `--allow-fs-read=${root}test/runtimes/`],
  'Node 24': ['--permission', `--allow-fs-read=${root}dist/`, `--allow-fs-read=${root}test/runtimes/`],
  'Node 26': ['--permission', `--allow-fs-read=${root}dist/`, `--allow-fs-read=${root}test/runtimes/`],
  Deno: ['run', '--no-lock', '--no-prompt'],
};

function attempt(command, flags) {
  const { stdout, stderr } = spawnSync(command, [...flags, 'permitted.mjs'], { encoding: 'utf8', timeout: 30_000 });
  try {
    return JSON.parse(stdout.trim().split('\n').at(-1));
  } catch {
    throw new Error(`permitted.mjs did not run with ${flags.join(' ')}: ${stderr.trim().split('\n')[0]}`);
  }
}

/** The flags that the hint of the first call names: for system calls, or for the library's own files. */
function flagsOf(step) {
  if (!/^ERR_(FFI|RUNTIME)$/.test(step.code)) throw new Error(`expected ERR_FFI, got ${step.code}: ${step.message}`);
  const flags = step.hint?.match(/--allow-[a-z-]+(=\S+)?/g);
  if (!flags) throw new Error(`the hint names no flag: ${step.hint}`);
  return flags;
}

/** What the runtime itself wants besides, which Node 26 and Deno say in their own errors. */
const network = ['ERR_ACCESS_DENIED', 'EPERM'];

/** Starts with nothing allowed; gives the flags with which `socket` works, and those with which everything does. */
export function permissions(name, command) {
  const given = models[name];
  if (!given) return undefined;
  let result = attempt(command, given);
  if (result.socket === 'ok') throw new Error('it works with nothing allowed');
  const calls = [];
  // Node says one file at a time: where packages lie in several places that takes several rounds.
  for (let round = 0; round < 4 && result.socket !== 'ok'; round += 1) {
    calls.push(...flagsOf(result.socket));
    result = attempt(command, [...given, ...calls]);
  }
  if (result.socket !== 'ok') throw new Error(`still refused with ${calls.join(' ')}: ${result.socket.message}`);
  const refused = Object.entries(result).filter(([, found]) => found !== 'ok');
  for (const [step, { code, message }] of refused) {
    if (!network.includes(code)) throw new Error(`${step} failed with ${calls.join(' ')}: ${code} ${message}`);
  }
  const net = refused.length > 0 ? ['--allow-net'] : [];
  const all = attempt(command, [...given, ...calls, ...net]);
  const left = Object.entries(all).find(([, found]) => found !== 'ok');
  if (left) throw new Error(`${left[0]} failed with everything: ${left[1].message}`);
  return {
    calls: calls.map((flag) => flag.replace(root, '/app/')),
    net,
    refused: refused.map(([step]) => `${step}()`),
  };
}
