// Prints what the library makes of options on the processor that runs it: `node bytes.mjs '{"SO_LINGER": ...}'`.
import process from 'node:process';

const sockctl = await import('../../dist/index.js');

const made = Object.entries(JSON.parse(process.argv[2])).map(([name, value]) => {
  const { input, codec } = sockctl[name];
  const bytes = input.encode(value);
  return [name, { hex: Buffer.from(bytes).toString('hex'), value: codec.decode(bytes) }];
});
let refusal;
try {
  new sockctl.Socket();
} catch ({ code }) {
  refusal = code;
}
console.log(JSON.stringify({ arch: process.arch, made: Object.fromEntries(made), refusal }));
