// struct ebt_replace, which all options of ebtables pass: the rules themselves are elsewhere in the program's memory.
import { bridgeHookBits } from '../constants/netfilter.ts';
import { flags } from './enumeration.ts';
import { u32, u64 } from './scalar.ts';
import { sized } from './sized.ts';
import { struct } from './struct.ts';
import { text } from './text.ts';

/** struct ebt_replace; what may be left out is 0. Pointers are addresses in this process. Source: linux/netfilter_bridge/ebtables.h. */
export function ebtReplace() {
  const pointer = u64({ word: true });
  const chains = {
    pre_routing: pointer,
    local_in: pointer,
    forward: pointer,
    local_out: pointer,
    post_routing: pointer,
    brouting: pointer,
  };
  const nowhere = { pre_routing: 0n, local_in: 0n, forward: 0n, local_out: 0n, post_routing: 0n, brouting: 0n };
  return struct(
    'struct ebt_replace',
    {
      name: text({ size: 32, what: 'the name of a table' }),
      valid_hooks: sized(flags(bridgeHookBits), 'u32'),
      nentries: u32(),
      entries_size: u32({ unit: 'bytes' }),
      hook_entry: struct('struct ebt_entries *[6]', chains, { defaults: nowhere }),
      num_counters: u32(),
      counters: pointer,
      entries: pointer,
    },
    {
      defaults: {
        valid_hooks: [],
        nentries: 0,
        entries_size: 0,
        hook_entry: nowhere,
        num_counters: 0,
        counters: 0n,
        entries: 0n,
      },
    },
  );
}
