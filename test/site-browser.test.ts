// The documentation's site, as `npm run docs` built it, in headless Chromium: search, links, dark mode, a desk's and a
// phone's width, and nothing that the console complains of or that is loaded from elsewhere.
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
  goto(url: string): Promise<unknown>;
  title(): Promise<string>;
  setViewportSize(size: object): Promise<void>;
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

const desk = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
const sizes = [
  ['a desk', desk],
  ['a phone', phone],
] as const;

describe.skipIf(lacking !== '')('in a browser', () => {
  let server: Server;
  let browser: Browser;
  let tab: Tab;
  let origin: string;
  const heard: string[] = [];

  beforeAll(async () => {
    server = await serve();
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { chromium } = createRequire(join(root, 'site/package.json'))('playwright-core') as {
      chromium: { launch(options: object): Promise<Browser> };
    };
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    tab = await browser.newPage({ viewport: desk, colorScheme: 'light' });
    tab.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text());
    });
    tab.on('pageerror', (error) => heard.push(error.message));
    tab.on('request', (request) => {
      if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) heard.push(`loads ${request.url()}`);
    });
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  /** Opens a page, and waits until its program runs. */
  async function open(path: string, viewport: object): Promise<void> {
    heard.length = 0;
    await tab.setViewportSize(viewport);
    await tab.goto(origin + path);
    await tab.waitForFunction("document.querySelector('#app')?.__vue_app__ && document.readyState === 'complete'");
  }

  const overflow = (): Promise<number> => tab.evaluate('document.documentElement.scrollWidth - innerWidth');

  describe.each(sizes)('on %s', (name, viewport) => {
    it.each([
      ['SO_RCVBUF', /^SO_RCVBUF /, 'SO_RCVBUF'],
      ['receive buffer', /^(Buffers: |SO_RCVBUF )/, undefined],
      ['keepalive', /^(Keepalive: |SO_KEEPALIVE )/, undefined],
      ['dead peer', /^Dead peers: /, undefined],
      ['tcp_user_timeout', /^TCP_USER_TIMEOUT /, 'TCP_USER_TIMEOUT'],
    ])('a search for %s finds it', async (typed, first, heading) => {
      await open('/', viewport);
      await tab.locator('.VPNavBarSearch button').first().click();
      await tab.locator('#localsearch-input').fill(typed);
      await tab.waitForFunction("document.querySelector('.VPLocalSearchBox .result')");
      const result = tab.locator('.VPLocalSearchBox .result .title').first();
      expect((await result.textContent())?.replace(/^\s*#\s*/, '')).toMatch(first);
      await tab.locator('.VPLocalSearchBox .result').first().click();
      await tab.waitForFunction("document.querySelector('.VPDoc h1')");
      if (heading) {
        await tab.waitForFunction(`document.title === '${heading} | sockctl'`);
        expect(await tab.locator('.VPDoc h1').textContent()).toContain(heading);
      }
      expect(await overflow()).toBeLessThanOrEqual(0);
      expect(heard).toEqual([]);
    });

    it('links lead from the first page to an option, and on to another', async () => {
      await open('/', viewport);
      const steps = [
        ['.VPHomeHero a[href="/options/"]', 'All options'],
        ['.vp-doc a[href="/options/sol_tcp/"]', 'SOL_TCP: TCP'],
        ['.vp-doc a[href="/options/sol_tcp/tcp_user_timeout.html"]', 'TCP_USER_TIMEOUT'],
        ['.vp-doc a[href="/options/sol_tcp/tcp_keepidle.html"]', 'TCP_KEEPIDLE'],
        ['.vp-doc a[href="/topics/keepalive.html"]', 'Keepalive: '],
      ] as const;
      for (const [link, heading] of steps) {
        await tab.locator(link).first().click();
        await tab.waitForFunction(`document.querySelector('.VPDoc h1')?.textContent.startsWith('${heading}')`);
      }
      expect(heard).toEqual([]);
    });

    it('it turns dark and light again', async () => {
      await open('/options/sol_tcp/tcp_nodelay.html', viewport);
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
    });
  });

  it.each([
    ...['/', '/options/', '/topics/', '/topics/keepalive.html', '/options/sol_socket/', '/options/sol_sctp/'],
    ...['sol_tcp/tcp_info', 'sol_ip/ip_add_source_membership', 'sol_socket/so_mark', 'sol_tcp/tcp_maxrt'].map(
      (option) => `/options/${option}.html`,
    ),
    ...[
      '/options/sol_netlink/netlink_add_membership.html',
      '/options/sol_socket/so_security_encryption_transport.html',
    ],
    ...['/guide/overview.html', '/guide/policy.html', '/guide/runtimes.html', '/guide/coverage.html'],
  ])('%s fits on both, and has no error', async (path) => {
    await open(path, desk);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await tab.setViewportSize(phone);
    expect(await overflow()).toBeLessThanOrEqual(0);
    expect(heard).toEqual([]);
  });
});

if (lacking !== '') it('in a browser', (context) => context.skip(lacking));
