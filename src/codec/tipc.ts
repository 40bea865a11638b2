// struct tipc_group_req: which group a TIPC socket joins, and as which member.
import { TIPC_CLUSTER_SCOPE, tipcGroupFlags, tipcScopes } from '../constants/tipc.ts';
import type { Codec } from './codec.ts';
import { type EnumInput, enumeration, type FlagsInput, flags } from './enumeration.ts';
import { u32 } from './scalar.ts';
import { sized } from './sized.ts';
import { struct } from './struct.ts';

/** What joining a group takes: all but the group itself may be left out. */
export interface TipcGroupReq {
  /** The group. */
  type: number;
  /** The member, as the others see it. */
  instance?: number;
  scope?: EnumInput<keyof typeof tipcScopes>;
  flags?: FlagsInput<keyof typeof tipcGroupFlags>;
}

/** struct tipc_group_req, for sets only: a read gives one number. Source: linux/tipc.h. */
export function tipcGroupReq(): Codec<never, TipcGroupReq> {
  const codec = struct(
    'struct tipc_group_req',
    {
      type: u32(),
      instance: u32(),
      scope: sized(enumeration(tipcScopes), 'u32'),
      flags: sized(flags(tipcGroupFlags), 'u32'),
    },
    { defaults: { instance: 0, scope: TIPC_CLUSTER_SCOPE, flags: [] } },
  );
  return codec as unknown as Codec<never, TipcGroupReq>;
}
