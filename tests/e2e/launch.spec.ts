/** What a launch costs and touches: few requests, few bytes, no noise, nobody else. */
import { gzipSync } from 'node:zlib';
import { expect, heading, test } from './course-test.ts';

/** Requests and bytes that a launch may take. */
const budget = { requests: 3, gzipBytes: 73_000 };

test('a launch stays within its budget and speaks to nobody else', async ({ page, courseAddress }) => {
  const messages: string[] = [];
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(String(error)));
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));

  await page.goto(courseAddress);
  await expect(heading(page)).toHaveText('Welcome');
  await page.waitForLoadState('networkidle');

  expect(messages).toEqual([]);
  const folder = courseAddress.slice(0, courseAddress.lastIndexOf('/') + 1);
  const ownRequests = addresses.filter((address) => !address.startsWith('data:'));
  expect(ownRequests.filter((address) => !address.startsWith(folder))).toEqual([]);
  expect(ownRequests.length).toBeLessThanOrEqual(budget.requests);
  const bodies = await Promise.all(
    ownRequests.map(async (address) => (await page.request.get(address)).body()),
  );
  const bytes = bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes, 'gzip bytes of a launch').toBeLessThanOrEqual(budget.gzipBytes);
});

test('nothing else is fetched while the course is taken', async ({ page, courseAddress, course }) => {
  await page.goto(courseAddress);
  await expect(heading(page)).toBeVisible();
  await page.waitForLoadState('networkidle');
  const later: string[] = [];
  page.on('request', (request) => later.push(request.url()));
  for (const { title } of course.pages.slice(1)) {
    await page.getByRole('link', { name: /^Next/ }).click();
    await expect(heading(page)).toHaveText(title);
  }
  expect(later).toEqual([]);
});
