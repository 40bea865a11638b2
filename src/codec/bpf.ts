// Classic BPF: filters as a list of instructions (struct sock_filter), in tcpdump -ddd's text. See the kernel's filter.rst.
import { invalid } from '../errors.ts';
import { type Codec, hostAbi, viewOf } from './codec.ts';
import { list } from './list.ts';
import { u8, u16, u32 } from './scalar.ts';
import { struct } from './struct.ts';

/** One instruction. `jt` and `jf` are jumps forward, `k` is the operand. */
export interface Instruction {
  code: number;
  jt: number;
  jf: number;
  k: number;
}

const accepts = "1 to 4096 instructions { code, jt, jf, k } (as text: tcpdump -ddd's, '1,6 0 0 65535')";
// BPF_MAXINSNS of linux/bpf_common.h.
const MOST = 4096;

function fits(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;
}

function valid(step: Instruction): boolean {
  return (
    typeof step === 'object' &&
    step !== null &&
    fits(step.code, 0xffff) &&
    fits(step.jt, 0xff) &&
    fits(step.jf, 0xff) &&
    fits(step.k, 0xffffffff)
  );
}

function check(program: readonly Instruction[], least: number, given: unknown): readonly Instruction[] {
  if (!Array.isArray(program) || program.length < least || program.length > MOST || ![...program].every(valid))
    throw invalid(accepts, given);
  return program;
}

function codec(least: number): Codec<readonly Instruction[]> {
  // Only for a text that is JSON.
  const documents = list(struct('struct sock_filter', { code: u16(), jt: u8(), jf: u8(), k: u32() }));
  return {
    ctype: 'struct sock_filter[]',
    accepts,
    variable: true,
    // Elements of struct sock_filter have 8 bytes; a set passes their count and address.
    indirect: 8,
    size: () => MOST * 8,
    align: () => 4,
    decode(bytes, abi = hostAbi) {
      const view = viewOf(bytes);
      return Array.from({ length: Math.floor(bytes.byteLength / 8) }, (_, i) => ({
        code: view.getUint16(i * 8, abi.littleEndian),
        jt: view.getUint8(i * 8 + 2),
        jf: view.getUint8(i * 8 + 3),
        k: view.getUint32(i * 8 + 4, abi.littleEndian),
      }));
    },
    encode(program, abi = hostAbi) {
      const bytes = new Uint8Array(check(program, least, program).length * 8);
      const view = viewOf(bytes);
      for (const [i, { code, jt, jf, k }] of program.entries()) {
        view.setUint16(i * 8, code, abi.littleEndian);
        view.setUint8(i * 8 + 2, jt);
        view.setUint8(i * 8 + 3, jf);
        view.setUint32(i * 8 + 4, k, abi.littleEndian);
      }
      return bytes;
    },
    parse(text) {
      if (text.trimStart().startsWith('[')) return documents.parse(text);
      // tcpdump -ddd prints a line each: newlines stand for commas.
      const [count = '', ...lines] = text
        .trim()
        .split(/[,\n]/)
        .map((line) => line.trim());
      const program = lines.map((line) => {
        const [code, jt, jf, k, rest] = line
          .split(/\s+/)
          .map((part) => (/^(\d+|0x[0-9a-f]+)$/i.test(part) ? Number(part) : Number.NaN));
        if (rest !== undefined) throw invalid(accepts, text);
        return { code, jt, jf, k } as Instruction;
      });
      if (!/^\d+$/.test(count) || Number(count) !== program.length) throw invalid(accepts, text);
      return check(program, least, text);
    },
    format: (program) =>
      [program.length, ...program.map(({ code, jt, jf, k }) => `${code} ${jt} ${jf} ${k}`)].join(','),
  };
}

/** struct sock_fprog, for sets: at least one instruction. */
export function sockFprog(): Codec<readonly Instruction[]> {
  return { ...codec(1), ctype: 'struct sock_fprog' };
}

/** The instructions that a read of SO_GET_FILTER gives; none where no filter is attached. */
export function sockFilters(): Codec<readonly Instruction[]> {
  return codec(0);
}
