// The page docs/runtimes.md: the part between the markers is what a run measured.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const page = fileURLToPath(new URL('../../docs/runtimes.md', import.meta.url));
const [begin, end] = ['<!-- measured: npm run test:runtimes -- --write -->', '<!-- end of what was measured -->'];

const escaped = (text) => text.replaceAll('|', '\\|');

function table(names, group, features, results) {
  const lines = [`### ${group}`, '', `| | ${names.join(' | ')} |`, `|---|${names.map(() => '---|').join('')}`];
  for (const feature of features) {
    const cells = names.map((name) => results[name][`${group}/${feature}`]?.cell ?? 'did not run');
    lines.push(`| ${escaped(feature)} | ${cells.join(' | ')} |`);
  }
  return lines;
}

/** Equal reasons of several runtimes and features are told once. */
function reasonsOf(names, results) {
  const told = new Map();
  for (const name of names) {
    for (const [key, { cell, reason }] of Object.entries(results[name])) {
      if (cell === 'failed' || reason === undefined) continue;
      const { runtimes, features } = told.get(reason) ?? { runtimes: new Set(), features: new Set() };
      told.set(reason, { runtimes: runtimes.add(name), features: features.add(key.replace('/', ' ')) });
    }
  }
  return [...told].map(
    ([reason, { runtimes, features }]) => `- ${[...runtimes].join(', ')}: ${[...features].join('; ')}. ${reason}`,
  );
}

function permissionLines(allowed) {
  return Object.entries(allowed).map(([name, { calls, net, refused }]) => {
    const more = net.length > 0 ? `; for ${refused.join(', ')} also \`${net.join(' ')}\`` : '';
    return `- ${name}: \`${calls.join(' ')}\`${more}`;
  });
}

/** The measured part, as Markdown. */
export function render(names, groups, results, allowed) {
  const lines = [begin, ''];
  for (const [group, features] of Object.entries(groups)) lines.push(...table(names, group, features, results), '');
  lines.push('What is refused, or is not there, and what to do instead:', '', ...reasonsOf(names, results), '');
  lines.push('### Flags of the permission models', '', ...permissionLines(allowed), '', end);
  return lines.join('\n');
}

/** Puts the measured part into the page. */
export function write(measured) {
  const text = existsSync(page) ? readFileSync(page, 'utf8') : `${begin}\n${end}\n`;
  const [before, rest] = text.split(begin);
  writeFileSync(page, `${before}${measured}${rest.split(end)[1]}`);
}

/** Whether the page says what was measured. */
export function agrees(measured) {
  return existsSync(page) && readFileSync(page, 'utf8').includes(measured);
}
