// The condition of --until: the filter language, with what only a watch knows.
import { findingCodes } from '../../live/diagnose.ts';
import { fields } from '../../live/filter/fields.ts';
import { type Field, parseFilter, type Subject } from '../../live/filter/index.ts';
import { LiveSubject } from '../../live/filter/live-subject.ts';
import { isUnmeasured, ownFields, shorter } from './fields.ts';
import { eventOf, events } from './lines.ts';
import type { View } from './views.ts';

const listed = new Set(['state', 'timer', 'recvq', 'sendq']);

/** A bare `62%` is 0.62. */
const shares = { '%': 0.01 };
const units = { rate: 'bytes/s', bytes: 'bytes' } as const;

/** `cwnd` is info.snd_cwnd. */
const abbreviated = Object.entries(shorter).flatMap(([short, name]) =>
  fields.filter((field) => field.name === `info.${name}`).map((field): Field => ({ ...field, aliases: [short] })),
);

/** What a filter may ask of a sample besides what sockets have. */
export const extraFields: readonly Field[] = [
  ...ownFields
    .filter(({ name }) => !listed.has(name))
    .map(({ name, kind, about }): Field => {
      const unit = kind === 'rate' || kind === 'bytes' ? units[kind] : undefined;
      return { name, type: 'number', about, ...(unit && { unit }), ...(kind === 'share' && { units: shares }) };
    }),
  ...abbreviated,
  { name: 'finding', type: 'word', words: findingCodes, about: 'what the diagnosis says' },
  { name: 'event', type: 'word', words: events, about: 'appeared, sample or ended, as in JSON' },
];

const own = new Map(ownFields.filter(({ name }) => !listed.has(name)).map((field) => [field.name, field]));

/** Whether a condition is true of a connection now; undefined where that cannot be known. @throws SockctlError ERR_FILTER */
export function condition(text: string): (view: View) => boolean | undefined {
  const filter = parseFilter(text, { fields: extraFields });
  return (view) => {
    const { sample, findings } = view;
    using live = new LiveSubject(sample.socket);
    const subject: Subject = {
      field(name) {
        if (name === 'finding') return findings.map(({ code }) => code);
        if (name === 'event') return eventOf(view);
        if (name.startsWith('info.') && isUnmeasured(sample.socket, name.slice('info.'.length))) return undefined;
        return own.has(name) ? own.get(name)?.value(sample) : live.field(name);
      },
      option: (option) => live.option(option),
    };
    return filter.holds(subject);
  };
}
