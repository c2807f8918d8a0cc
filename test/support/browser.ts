/** A real browser that remembers what a page complained of and what it asked of other machines. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { ROOT } from './strandwatch-process.js';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';
const SCREENSHOTS = join(ROOT, 'out', 'screenshots');
const OWN_SCHEMES = ['data:', 'blob:'];

/** Debian's Chromium where there is one, else the one that npm brings; `STRANDWATCH_CHROMIUM=npm` asks for the latter. */
export async function openBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  if (existsSync(SYSTEM_CHROMIUM) && process.env.STRANDWATCH_CHROMIUM !== 'npm')
    return chromium.launch({ executablePath: SYSTEM_CHROMIUM, args });
  const { default: packaged } = await import('@sparticuz/chromium');
  // Not with the arguments it proposes: its single process does not outlive the first page that is closed.
  return chromium.launch({ executablePath: await packaged.executablePath(), args });
}

/** node-red-dashboard 3 says so whenever it is opened without the number of a page: it closes a menu that isn't there yet. */
const UPSTREAM = /^SideNav 'left' is not available!/;

export interface WatchedPage {
  readonly page: Page;
  /** Errors on its console, and exceptions nobody caught. */
  readonly errors: string[];
  /** Addresses outside the system that it asked for. */
  readonly strangers: string[];
}

/** @param remembered what the browser holds for the page in its local storage from an earlier visit */
export async function openPage(
  browser: Browser,
  address: string,
  path: string,
  remembered: Readonly<Record<string, string>> = {},
): Promise<WatchedPage> {
  const localStorage = Object.entries(remembered).map(([name, value]) => ({ name, value }));
  const page = await browser.newPage({
    viewport: { width: 1920, height: 1080 },
    storageState: { cookies: [], origins: [{ origin: address, localStorage }] },
  });
  const errors: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !UPSTREAM.test(message.text())) errors.push(message.text());
  });
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.host !== new URL(address).host && !OWN_SCHEMES.includes(url.protocol)) strangers.push(url.href);
  });
  page.setDefaultTimeout(60_000);
  await page.goto(`${address}${path}`);
  return { page, errors, strangers };
}

/** For people to look at; the folder is not part of the repository. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}
