// The documentation's site: its pages are made by scripts/site.ts, from the catalogue and the guides.
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitepress';

const { sidebar, found } = JSON.parse(readFileSync(new URL('../pages/made.json', import.meta.url), 'utf8'));

/** Anchors as Git hosts make them, for the guides link to these. */
const slugify = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const icon =
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'><rect width='32' height='32' rx='7' fill='#0f766e'/>" +
  "<circle cx='11' cy='13' r='3' fill='white'/><circle cx='21' cy='13' r='3' fill='white'/>" +
  "<rect x='13' y='20' width='6' height='5' rx='1' fill='white'/></svg>";

export default defineConfig({
  title: 'sockctl',
  description: 'Every socket option: read, changed and explained.',
  lang: 'en',
  // A site below a folder of its host: SITE_BASE=/sockctl/ npm run docs
  base: process.env.SITE_BASE ?? '/',
  srcDir: 'pages',
  outDir: '../docs/site',
  cacheDir: '.vitepress/cache',
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  // The sidebar of a thousand pages, once instead of in each of them.
  metaChunk: true,
  router: { prefetchLinks: false },
  markdown: {
    html: false,
    linkify: false,
    attrs: { disable: true },
    anchor: { slugify },
    config(md) {
      md.disable('emoji');
      // Vue would take braces in a text for an expression.
      md.renderer.rules.text = (tokens, at) => escaped(tokens[at]?.content ?? '').replaceAll('{{', '&#123;&#123;');
    },
  },
  vite: { build: { chunkSizeWarningLimit: 4000, reportCompressedSize: false } },
  themeConfig: {
    sidebar,
    outline: { level: [2, 3], label: 'On this page' },
    nav: [
      { text: 'Guides', link: '/guide/getting-started', activeMatch: '^/guide/' },
      { text: 'Topics', link: '/topics/', activeMatch: '^/topics/' },
      { text: 'Options', link: '/options/', activeMatch: '^/options/' },
    ],
    search: {
      provider: 'local',
      options: {
        detailedView: false,
        // Of an option its name, its summary and what is told in words; tables and programs would only be noise.
        _render(source, env, md) {
          const short = found[env.relativePath];
          if (short) {
            const heading = `<h1 id="top">${escaped(short.title)} <a class="header-anchor" href="#">#</a></h1>`;
            return `${heading}<p>${escaped(short.text)}</p>`;
          }
          const html = md.render(source.replaceAll(/^```[\s\S]*?^```/gm, ''), env);
          return env.frontmatter?.layout === 'home' ? '' : html;
        },
        miniSearch: {
          options: {
            // SO_RCVBUF is found as a whole, and by its parts.
            tokenize: (text) => {
              const words = text.split(/[^\p{L}\p{N}_]+/u);
              return words
                .flatMap((word) => (word.includes('_') ? [word, ...word.split('_')] : [word]))
                .filter(Boolean);
            },
          },
          searchOptions: {
            combineWith: 'AND',
            fuzzy: (term) => (term.length > 4 ? 0.2 : false),
            // A name that is just what was typed comes first. This function is written into the pages as text.
            boostDocument: (id, term, stored) => {
              const title = String(stored?.title ?? '').toLowerCase();
              if (String(id).includes('/topics/')) return title.split(/[ :,]/).includes(term) ? 12 : 1;
              if (!String(id).includes('/options/')) return 1;
              const name = title.split(/[ :]/)[0];
              if (name === term || name === `sol_${term}`) return 20;
              // What every program meets comes before what few do, Linux before the others, the plain form before others.
              const few = / – on [a-z]/.test(title) || /_(new|old)$|force$/.test(name);
              const usual = !few && /options\/sol_(socket|tcp|udp|ip|ipv6)\//.test(String(id));
              // What C shortens, people type in full: SO_RCVBUF is the receive buffer.
              const short = { receive: 'rcv', send: 'snd', buffer: 'buf', timeout: 'timeo', interval: 'intvl' }[term];
              const within = name.split('_').includes(term) || name.includes(short ?? ' ');
              const ends = name.endsWith(`_${term}`) || name.endsWith(short ?? ' ');
              return (ends ? 5 : within ? 3 : 1) * (usual ? 3 : 1);
            },
          },
        },
      },
    },
  },
});
