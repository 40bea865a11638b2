// Writes schema/sockctl.schema.json, the JSON schema of policy files, from the catalogue. Run: npm run schema
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { argv, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { options } from '../src/catalog/index.ts';
import type { AnyOption } from '../src/option.ts';
import type { matchKeys } from '../src/policy/conditions.ts';
import { protocols, sides } from '../src/policy/match.ts';
import type { policyKeys, ruleKeys } from '../src/policy/parse.ts';
import { modes } from '../src/policy/policy.ts';
import { unitsOf } from '../src/policy/values.ts';
import { type Schema, texts, valueSchema } from './schema-values.ts';

const moments: Readonly<Record<string, string>> = {
  'before-bind': 'before bind',
  'before-listen': 'before listen',
  'before-connect': 'before connect',
  connected: 'once connected',
};
const word = { type: 'string', pattern: '\\S' };

/** What editors show beside the name. */
function description(option: AnyOption): string {
  const { summary, notes = [], when, needs, since, aliasOf } = option.declaration;
  const units = unitsOf(option);
  const facts = [
    aliasOf && `Another name of ${aliasOf}.`,
    // Names are in the schema itself.
    option.input.names === undefined && `Takes ${option.input.accepts}.`,
    units && `A text may have a unit: ${Object.keys(units).join(', ')}.`,
    when && when in moments && `To be set ${moments[when]}.`,
    needs && `Needs ${needs}.`,
    since && `Since Linux ${since}.`,
    !option.platforms.includes('linux') && `For ${option.platforms.join(', ')}.`,
  ];
  return [summary, facts.filter(Boolean).join(' '), ...notes].join('\n\n');
}

function optionSchema(option: AnyOption): Schema {
  return {
    description: description(option),
    ...valueSchema(option),
    ...(option.declaration.removed && { deprecated: true }),
  };
}

const oneOrMore = (item: Schema): Schema => ({ anyOf: [item, { type: 'array', items: item, minItems: 1 }] });

const addresses = {
  description:
    'An address ("10.0.0.7"), a network ("10.0.0.0/8"), a port (":5432" or 5432), ports (":8000-8999"), both ' +
    '("10.0.0.0/8:5432", "[2001:db8::/32]:443"), or a list of these. "!" in front takes away: ["10.0.0.0/8", "!10.0.0.9"].',
  ...oneOrMore({
    anyOf: [
      { type: 'integer', minimum: 1, maximum: 65535 },
      {
        type: 'string',
        pattern:
          '^!?((\\d{1,3}(\\.\\d{1,3}){3}(/\\d{1,2})?|\\[[0-9a-fA-F:.]+(/\\d{1,3})?\\])?:\\d{1,5}(-\\d{1,5})?|' +
          '\\d{1,3}(\\.\\d{1,3}){3}(/\\d{1,2})?|\\[[0-9a-fA-F:.]+(/\\d{1,3})?\\]|[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*(/\\d{1,3})?)$',
      },
    ],
  }),
};
const globs = oneOrMore({ type: 'string', pattern: '^(![\\s\\S]|(?!!)\\s*\\S)' });

const matchProperties: Record<(typeof matchKeys)[number], Schema> = {
  side: {
    description: 'A socket that connects, one that listens, one that a server accepted, or a datagram socket.',
    ...oneOrMore({ enum: sides }),
  },
  protocol: {
    description: 'The protocol; "unix" is every socket with a path. An MPTCP socket is "mptcp" and not "tcp".',
    ...oneOrMore({ enum: protocols }),
  },
  local: { ...addresses, description: `The local end. ${addresses.description}` },
  remote: { ...addresses, description: `The remote end; a server has none. ${addresses.description}` },
  path: {
    description: 'The path of a unix socket: * is any part of a name, ** any folders, "@name" an abstract one.',
    ...globs,
  },
  host: {
    description: 'The name that a client asked for, where it is known: * is anything. "*.rds.amazonaws.com"',
    ...globs,
  },
  program: {
    description:
      "The script's path or the process's title; without a slash, the last part of its path alone. * and ** as in path.",
    ...globs,
  },
};

const ruleProperties: Record<(typeof ruleKeys)[number], Schema> = {
  name: { description: 'What warnings and the trace call the rule.', ...word },
  comment: { description: 'For people.', ...word },
  match: {
    description:
      'Which sockets the rule is for: all keys must match; a key that is left out matches everything. What is not ' +
      'known yet (the local address before connect) does not match.',
    type: 'object',
    additionalProperties: false,
    properties: matchProperties,
  },
  options: { $ref: '#/$defs/options' },
  enforce: {
    description:
      'Keep these values: a later call of the program (setKeepAlive, setNoDelay) does not change them. Default: false.',
    type: 'boolean',
  },
};

const policyProperties: Record<(typeof policyKeys)[number], Schema> = {
  $schema: { description: 'The address of this schema, for editors.', ...word },
  comment: { description: 'For people; JSON has no comments.', ...word },
  match: {
    description:
      '"all": every rule that matches a socket applies, in order, and a later rule wins per option. "first": the first ' +
      'rule that matches is the only one. Default: "all".',
    enum: modes,
  },
  rules: {
    description: 'The rules, in order.',
    type: 'array',
    items: { type: 'object', required: ['options'], additionalProperties: false, properties: ruleProperties },
  },
};

/** The JSON schema of policy files. */
export function policySchema(): Schema {
  const usable = options.filter(({ access }) => access === 'rw' || access === 'wo');
  const properties = Object.fromEntries(usable.map((option) => [option.name, optionSchema(option)]));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $comment: 'Made by npm run schema from src/catalog/ and src/policy/. Change it there.',
    title: 'sockctl.json',
    description: 'Which socket options the sockets of a program get.',
    type: 'object',
    required: ['rules'],
    additionalProperties: false,
    properties: policyProperties,
    $defs: {
      ...texts,
      // What editors offer, and what is taken besides.
      switch: {
        anyOf: [
          { enum: [true, false, 0, 1, 'on', 'off'] },
          { type: 'string', pattern: '^(1|true|yes|enabled?|0|false|no|disabled?)$' },
        ],
      },
      options: {
        description: 'Options by C name. They are set in this order.',
        type: 'object',
        additionalProperties: false,
        properties,
      },
    },
  };
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const file = 'schema/sockctl.schema.json';
  mkdirSync('schema', { recursive: true });
  writeFileSync(file, JSON.stringify(policySchema(), null, 2));
  const { status, stderr } = spawnSync(execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', file]);
  if (status !== 0) throw new Error(`biome: ${stderr}`);
  console.log(`${file}: written`);
}
