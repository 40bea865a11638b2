// The documentation's site, as `npm run docs` built it, in headless Chromium: search, dark mode, a desk's and a phone's
// width, and nothing that the console complains of or that is loaded from elsewhere.
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './compiled.ts';

const site = join(root, 'docs/site');

/** What is used of playwright; its own types are only there once the site's packages are. */
interface Tab {
  on(event: 'console', heard: (message: { type(): string; text(): string }) => void): void;
  on(event: 'pageerror', heard: (error: Error) => void): void;
  on(event: 'request', heard: (request: { url(): string }) => void): void;
  goto(url: string, how: { waitUntil: 'networkidle' }): Promise<unknown>;
  title(): Promise<string>;
  evaluate<T>(code: string): Promise<T>;
  waitForFunction(code: string): Promise<unknown>;
  locator(selector: string): { first(): Found; textContent(): Promise<string | null> } & Found;
  close(): Promise<void>;
}
interface Found {
  click(): Promise<void>;
  fill(text: string): Promise<void>;
  textContent(): Promise<string | null>;
}
interface Browser {
  newPage(options: object): Promise<Tab>;
  close(): Promise<void>;
}

const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = browsers.find((path) => existsSync(path));
const hasPlaywright = existsSync(join(root, 'site/node_modules/playwright-core'));
const lacking = [
  ...(existsSync(join(site, 'index.html')) ? [] : ['the site is not built: npm run docs']),
  ...(executablePath ? [] : ['no chromium here (apt-get install chromium)']),
  ...(hasPlaywright ? [] : ['no playwright-core (npm ci --prefix site)']),
].join(', ');

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** The folder as a web server gives it. */
function serve(): Promise<Server> {
  const server = createServer(({ url = '/' }, response) => {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    const file = join(site, path.endsWith('/') ? `${path}index.html` : path);
    if (!existsSync(file)) response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
        .end(readFileSync(file));
  });
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)));
}

const sizes = [
  ['a desk', { width: 1280, height: 900 }],
  ['a phone', { width: 390, height: 844 }],
] as const;

describe.skipIf(lacking !== '')('in a browser', () => {
  let server: Server;
  let browser: Browser;
  let origin: string;
  const heard: string[] = [];

  beforeAll(async () => {
    server = await serve();
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { chromium } = createRequire(join(root, 'site/package.json'))('playwright-core') as {
      chromium: { launch(options: object): Promise<Browser> };
    };
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  async function open(path: string, viewport: object): Promise<Tab> {
    heard.length = 0;
    const tab = await browser.newPage({ viewport, colorScheme: 'light' });
    tab.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text());
    });
    tab.on('pageerror', (error) => heard.push(error.message));
    tab.on('request', (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) heard.push(`loads ${request.url()}`);
    });
    await tab.goto(origin + path, { waitUntil: 'networkidle' });
    return tab;
  }

  const overflow = (tab: Tab): Promise<number> => tab.evaluate('document.documentElement.scrollWidth - innerWidth');

  describe.each(sizes)('on %s', (name, viewport) => {
    it.each([
      ['SO_RCVBUF', /^SO_RCVBUF /, 'SO_RCVBUF'],
      ['keepalive', /^(Keepalive: |SO_KEEPALIVE )/, undefined],
      ['tcp_user_timeout', /^TCP_USER_TIMEOUT /, 'TCP_USER_TIMEOUT'],
      ['close reset', /./, undefined],
    ])('a search for %s finds it', async (typed, first, heading) => {
      const tab = await open('/', viewport);
      expect(await tab.title()).toContain('sockctl');
      await tab.locator('.VPNavBarSearch button').first().click();
      await tab.locator('#localsearch-input').fill(typed);
      await tab.waitForFunction("document.querySelector('.VPLocalSearchBox .result')");
      const result = tab.locator('.VPLocalSearchBox .result .title').first();
      expect((await result.textContent())?.replace(/^\s*#\s*/, '')).toMatch(first);
      await tab.locator('.VPLocalSearchBox .result').first().click();
      await tab.waitForFunction("document.querySelector('.VPDoc h1')");
      if (heading) {
        expect(await tab.title()).toBe(`${heading} | sockctl`);
        expect(await tab.locator('.VPDoc h1').textContent()).toContain(heading);
      }
      expect(await overflow(tab)).toBeLessThanOrEqual(0);
      expect(heard).toEqual([]);
      await tab.close();
    });

    it('it turns dark and light again', async () => {
      const tab = await open('/options/sol_tcp/tcp_nodelay.html', viewport);
      const dark = (): Promise<boolean> => tab.evaluate("document.documentElement.classList.contains('dark')");
      if (name === 'a phone') await tab.locator('.VPNavBarHamburger').first().click();
      const button = tab.locator(
        name === 'a phone' ? '.VPNavScreen .VPSwitchAppearance' : '.VPNavBarAppearance button',
      );
      expect(await dark()).toBe(false);
      await button.first().click();
      expect(await dark()).toBe(true);
      await button.first().click();
      expect(await dark()).toBe(false);
      expect(heard).toEqual([]);
      await tab.close();
    });

    it.each([
      ...['/', '/options/', '/topics/', '/topics/keepalive.html', '/options/sol_socket/', '/options/sol_sctp/'],
      ...[
        '/options/sol_tcp/tcp_info.html',
        '/options/sol_ip/ip_add_source_membership.html',
        '/options/sol_socket/so_mark.html',
      ],
      ...[
        '/options/sol_netlink/netlink_add_membership.html',
        '/guide/overview.html',
        '/guide/policy.html',
        '/guide/runtimes.html',
      ],
    ])('%s fits, and has no error', async (path) => {
      const tab = await open(path, viewport);
      expect(await overflow(tab)).toBeLessThanOrEqual(0);
      expect(heard).toEqual([]);
      await tab.close();
    });
  });
});

if (lacking !== '') it('in a browser', (context) => context.skip(lacking));
