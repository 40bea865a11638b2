// `node bench/runtimes.mjs`: getsockopt through koffi and through the FFI of Bun and Deno itself, called as src/kernel
// calls it, and whether errno is right after 100,000 refused calls. The runtimes are those of test/runtimes.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const [SOL_TCP, TCP_NODELAY, EBADF, ENOPROTOOPT] = [6, 1, 9, 92];
const ROUNDS = 60;
const CALLS = 20_000;

const memory = new Uint8Array(65_544);
const lengthCell = new Uint32Array(memory.buffer, 65_536, 1);

const bindings = {
  koffi() {
    const koffi = createRequire(import.meta.url)('koffi');
    const libc = koffi.load(null);
    const address = Number(koffi.address(memory));
    return {
      socket: libc.func('int socket(int, int, int)'),
      getsockopt: libc.func('int getsockopt(int, int, int, uintptr_t, uintptr_t)'),
      errno: koffi.errno,
      addresses: [address, address + 65_536],
    };
  },
  'bun:ffi'() {
    const { dlopen, ptr, toArrayBuffer } = createRequire(import.meta.url)('bun:ffi');
    const { symbols } = dlopen('libc.so.6', {
      socket: { args: ['i32', 'i32', 'i32'], returns: 'i32' },
      getsockopt: { args: ['i32', 'i32', 'i32', 'ptr', 'ptr'], returns: 'i32' },
      __errno_location: { args: [], returns: 'ptr' },
    });
    const errno = new Int32Array(toArrayBuffer(symbols.__errno_location(), 0, 4));
    const address = ptr(memory);
    return { ...symbols, errno: () => errno[0], addresses: [address, address + 65_536] };
  },
  'Deno.dlopen'() {
    const { dlopen, UnsafePointer, UnsafePointerView } = globalThis.Deno;
    const { symbols } = dlopen('libc.so.6', {
      socket: { parameters: ['i32', 'i32', 'i32'], result: 'i32' },
      getsockopt: { parameters: ['i32', 'i32', 'i32', 'pointer', 'pointer'], result: 'i32' },
      __errno_location: { parameters: [], result: 'pointer' },
    });
    const errno = new Int32Array(UnsafePointerView.getArrayBuffer(symbols.__errno_location(), 4));
    const first = Number(UnsafePointer.value(UnsafePointer.of(memory)));
    const known = new Map([first, first + 65_536].map((number) => [number, UnsafePointer.create(BigInt(number))]));
    const { socket, getsockopt } = symbols;
    return {
      socket,
      // From a number to Deno's pointer object, as the library has to.
      getsockopt: (fd, level, name, value, length) => getsockopt(fd, level, name, known.get(value), known.get(length)),
      errno: () => errno[0],
      addresses: [first, first + 65_536],
    };
  },
};

function measure(name) {
  const { socket, getsockopt, errno, addresses } = bindings[name]();
  const [value, length] = addresses;
  const fd = socket(2, 1, 0);
  const read = (descriptor, option) => {
    lengthCell[0] = 4;
    return getsockopt(descriptor, SOL_TCP, option, value, length) === 0 ? 0 : errno();
  };
  const times = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < CALLS; i += 1) read(fd, TCP_NODELAY);
    times.push(Number(process.hrtime.bigint() - start) / CALLS);
  }
  times.sort((a, b) => a - b);
  let wrong = 0;
  let garbage = [];
  for (let i = 0; i < 100_000; i += 1) {
    const found = i % 2 === 0 ? read(-1, TCP_NODELAY) : read(fd, 9999);
    if (found !== (i % 2 === 0 ? EBADF : ENOPROTOOPT)) wrong += 1;
    // Collections in between must not matter.
    garbage = i % 5000 === 0 ? [] : [...garbage.slice(-50), { text: `garbage ${i}`, bytes: new Uint8Array(1000) }];
  }
  return { median: times[ROUNDS >> 1], least: times[0], wrong };
}

const folder = fileURLToPath(new URL('../test/runtimes/node_modules', import.meta.url));
const contenders = {
  'Node 20': [[`${folder}/node20/bin/node`], ['koffi']],
  'Node 26': [[`${folder}/node26/bin/node`], ['koffi']],
  Bun: [[`${folder}/@oven/bun-linux-x64/bin/bun`], ['koffi', 'bun:ffi']],
  Deno: [
    [`${folder}/@deno/linux-x64-glibc/deno`, 'run', '--allow-all', '--no-lock'],
    ['koffi', 'Deno.dlopen'],
  ],
};

function main() {
  let sound = true;
  for (const [runtime, [[command, ...args], names]] of Object.entries(contenders)) {
    const figures = names.map((name) => {
      const { stdout, stderr } = spawnSync(command, [...args, fileURLToPath(import.meta.url), name], {
        encoding: 'utf8',
      });
      if (stdout === '') throw new Error(`${runtime} ${name}: ${stderr}`);
      return { name, ...JSON.parse(stdout) };
    });
    for (const { name, median, least, wrong } of figures) {
      const ratio = (least / figures[0].least).toFixed(2);
      const time = `${median.toFixed(0)} ns (least ${least.toFixed(0)})`;
      console.log(`${runtime.padEnd(8)} ${name.padEnd(12)} ${time.padEnd(24)} ${ratio}x  ${wrong} wrong errno`);
      sound &&= wrong === 0;
    }
  }
  process.exitCode = sound ? 0 : 1;
}

const [, , name] = process.argv;
if (name === undefined) main();
else process.stdout.write(`${JSON.stringify(measure(name))}\n`, () => process.exit(0));
