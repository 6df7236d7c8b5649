/** What a screen reader hears: the live regions of the document, each time that one changes. */
import type { Page } from '@playwright/test';

/** Something that was said, and the class of the region that said it. */
export interface Heard {
  readonly region: string;
  readonly text: string;
}

/** Listens from now on, in every document that the page loads. */
export async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: Heard[] = [];
    Reflect.set(window, 'heard', heard);
    const live = new WeakSet<Element>();
    new MutationObserver((records) => {
      const spoke = new Set<Element>();
      for (const { type, target } of records) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(
          '[role="status"], [role="alert"]',
        );
        // A region that has only just become one does not speak.
        if (type !== 'attributes' && region && live.has(region)) spoke.add(region);
      }
      for (const region of spoke) {
        const text = region.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';
        if (text !== '' && region.checkVisibility()) heard.push({ region: region.className, text });
      }
      for (const region of document.querySelectorAll('[role="status"], [role="alert"]')) live.add(region);
    }).observe(document, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ['role'],
    });
  });
}

/** What has been said in this document, once the browser has drawn what is under way. */
export async function heardIn(page: Page, region: string): Promise<string[]> {
  const heard = await page.evaluate(
    () =>
      new Promise<Heard[]>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(Reflect.get(window, 'heard'))));
      }),
  );
  return heard.flatMap((one) => (one.region === region ? [one.text] : []));
}
