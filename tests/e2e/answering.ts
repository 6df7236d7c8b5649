/** How a learner answers a question of any kind, and what can be seen of it. */
import { expect, type Locator, type Page } from '@playwright/test';
import type { Item } from '../../src/items/items.ts';
import type { Course } from '../../src/model/course.ts';
import { findItem } from '../../src/model/course.ts';
import type { Place } from './course-test.ts';

/** What a learner does to answer: in words that depend on no order in which anything stands on the page. */
export type Handling =
  /** Chooses options: radio buttons or checkboxes, by their values. */
  | { readonly by: 'choosing'; readonly values: readonly string[] }
  /** Chooses from lists: to each source its target. */
  | { readonly by: 'lists'; readonly pairs: Readonly<Record<string, string>> }
  /** Moves steps until they stand in this order. */
  | { readonly by: 'moving'; readonly order: readonly string[] }
  | { readonly by: 'writing'; readonly text: string };

/** How to answer a question right, or so wrong that it earns nothing. On a scale every answer is as good. */
export function handlingOf(item: Item, right: boolean): Handling {
  switch (item.kind) {
    case 'choice': {
      const values = item.options.filter(({ correct }) => correct === right).map(({ id }) => id);
      return { by: 'choosing', values: item.multiple && right ? values : values.slice(0, 1) };
    }
    case 'true-false':
      return { by: 'choosing', values: [String(item.answer === right)] };
    case 'likert':
      return { by: 'choosing', values: [item.options[0]?.id ?? ''] };
    case 'matching': {
      const wrong = (target: string) => item.targets.find(({ id }) => id !== target)?.id ?? '';
      return {
        by: 'lists',
        pairs: Object.fromEntries(
          item.pairs.map(({ id, target }) => [id, right ? target : wrong(target)] as const),
        ),
      };
    }
    case 'sequencing': {
      const order = item.options.map(({ id }) => id);
      return { by: 'moving', order: right ? order : order.toReversed() };
    }
    case 'fill-in':
      return { by: 'writing', text: right ? (item.accepted[0] ?? '') : 'something else' };
    case 'numeric':
      return { by: 'writing', text: String(right ? item.answer : item.max + 1) };
  }
}

/** A question where it stands. */
export const questionOf = (place: Place, { id }: Pick<Item, 'id'>): Locator =>
  place.locator(`[data-item="${id}"]`);

/** Where the questions stand that the quiz asks in this try. */
const askedOf = (place: Place): Locator =>
  place.locator('quiz-runner:defined .questions > li:not([hidden]) > [data-item]');

/** The questions that the quiz asks in this try, in their order; the page need not be open. */
export async function askedIn(place: Place, course: Course): Promise<Item[]> {
  return (await seeAsked(place)).map(({ id }) => {
    const item = findItem(course, id);
    if (!item) throw new Error(`The page asks "${id}", which the course does not have.`);
    return item;
  });
}

/** What is seen of a question. */
export interface SeenQuestion {
  readonly id: string;
  /** Ids of all options in the order in which they stand: options, targets of the first list, or steps. */
  readonly options: readonly string[];
  /** What its controls hold: values that are chosen, or written, or steps in their order. */
  readonly held: readonly string[];
  /** How it was judged, where it was. */
  readonly result: string | null;
}

/** Looks at questions, all in one moment. */
const see = (questions: Locator): Promise<SeenQuestion[]> =>
  questions.evaluateAll((elements) =>
    elements.map((element) => {
      const values = (found: Iterable<HTMLElement>) =>
        [...found].map(({ dataset }) => dataset['value'] ?? '');
      const steps = values(element.querySelectorAll<HTMLElement>('.step'));
      const list = element.querySelector('select');
      const controls = [...element.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')];
      const isOff = (control: HTMLInputElement | HTMLSelectElement) =>
        control instanceof HTMLInputElement && /radio|checkbox/.test(control.type) && !control.checked;
      return {
        id: element.getAttribute('data-item') ?? '',
        options: list
          ? [...list.options].map(({ value }) => value).filter((value) => value !== '')
          : values(element.querySelectorAll<HTMLElement>('.option, .step')),
        held:
          steps.length > 0 ? steps : controls.filter((control) => !isOff(control)).map(({ value }) => value),
        result: element.getAttribute('data-result'),
      };
    }),
  );

/** Looks at the questions that the quiz asks, in their order. */
export async function seeAsked(place: Place): Promise<SeenQuestion[]> {
  await expect(askedOf(place).first()).toBeAttached();
  return see(askedOf(place));
}

/** Looks at one question. */
export async function seeQuestion(question: Locator): Promise<SeenQuestion> {
  const [seen] = await see(question);
  if (!seen) throw new Error(`There is no ${question}.`);
  return seen;
}

/** Ids of the steps of a question, in the order in which they stand. */
export const stepsOf = async (question: Locator): Promise<readonly string[]> =>
  (await seeQuestion(question)).options;

/** What a question holds once it has been handled so. Choices stand in the order of the page. */
export function heldBy(handling: Handling, shown: readonly string[]): string[] {
  switch (handling.by) {
    case 'choosing':
      return shown.filter((value) => handling.values.includes(value));
    case 'lists':
      return Object.values(handling.pairs);
    case 'moving':
      return [...handling.order];
    case 'writing':
      return [handling.text];
  }
}

/** How a pointer presses: a mouse clicks, a finger taps. */
export type Press = (target: Locator) => Promise<void>;

const click: Press = (target) => target.click({ timeout: 3000 });

/** What moves a step one place up or down. */
export const moveButton = (question: Locator, step: string, way: 'up' | 'down'): Locator =>
  question.locator(`.step[data-value="${step}"] .${way}`);

/** Moves steps one place at a time. At least one is moved: the order to begin with is no answer. */
async function moveSteps(question: Locator, order: readonly string[], press: Press): Promise<void> {
  const move = async (step: string, way: 'up' | 'down') => {
    const before = await stepsOf(question);
    // Pressed again only where nothing has come of it.
    await expect(async () => {
      const now = await stepsOf(question);
      if (now.join() === before.join()) await press(moveButton(question, step, way));
      expect(await stepsOf(question)).not.toEqual(before);
    }).toPass();
  };
  const [first = ''] = order;
  if ((await stepsOf(question)).join() === order.join()) await move(first, 'down');
  for (const [place, step] of order.entries()) {
    while ((await stepsOf(question)).indexOf(step) > place) await move(step, 'up');
  }
}

/**
 * Answers a question as a learner with a pointer does. Firefox drops a click that falls into a synchronous request of an
 * LMS: what came to nothing is done again.
 */
export async function handle(question: Locator, handling: Handling, press: Press = click): Promise<void> {
  switch (handling.by) {
    case 'choosing':
      for (const value of handling.values) {
        const control = question.locator(`input[value="${value}"]`);
        await expect(async () => {
          if (!(await control.isChecked())) await press(control);
          await expect(control).toBeChecked({ timeout: 500 });
        }).toPass();
      }
      return;
    case 'lists':
      for (const [source, target] of Object.entries(handling.pairs)) {
        const list = question.locator(`[data-value="${source}"] select`);
        await expect(async () => {
          await list.selectOption(target, { timeout: 3000 });
          await expect(list).toHaveValue(target, { timeout: 500 });
        }).toPass();
      }
      return;
    case 'moving':
      return moveSteps(question, handling.order, press);
    case 'writing': {
      const field = question.getByRole('textbox');
      await expect(async () => {
        await field.fill(handling.text, { timeout: 3000 });
        await expect(field).toHaveValue(handling.text, { timeout: 500 });
      }).toPass();
      // Written is answered once the learner goes on.
      await field.blur();
    }
  }
}

/** What `handleInPage` is given. */
export type HandlingById = readonly (readonly [item: string, handling: Handling])[];

/**
 * Answers questions from inside the page, all in one moment; for tests to which it does not matter what answering is
 * like. Runs in the browser: it must not refer to anything outside of itself.
 */
export function handleInPage(answers: HandlingById): void {
  const setTo = (control: HTMLInputElement | HTMLSelectElement | null | undefined, value: string) => {
    if (!control || control.value === value) return;
    control.value = value;
    for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
  };
  for (const [id, handling] of answers) {
    const question = document.querySelector(`[data-item="${id}"]`);
    const step = (value: string) => question?.querySelector(`.step[data-value="${value}"]`);
    const placeOf = (value: string) =>
      [...(question?.querySelectorAll('.step') ?? [])].indexOf(step(value) as Element);
    const press = (value: string, way: string) =>
      step(value)?.querySelector<HTMLButtonElement>(`.${way}`)?.click();
    switch (handling.by) {
      case 'choosing':
        for (const value of handling.values) {
          question
            ?.querySelector<HTMLInputElement>(`input[value="${CSS.escape(value)}"]:not(:checked)`)
            ?.click();
        }
        break;
      case 'lists':
        for (const [source, target] of Object.entries(handling.pairs))
          setTo(question?.querySelector(`[data-value="${source}"]`)?.querySelector('select'), target);
        break;
      case 'moving':
        if (handling.order.every((value, place) => placeOf(value) === place))
          press(handling.order[0] ?? '', 'down');
        for (const [place, value] of handling.order.entries())
          for (let from = placeOf(value); from > place; from--) press(value, 'up');
        break;
      case 'writing':
        setTo(question?.querySelector('input'), handling.text);
    }
  }
}

/** Presses Tab, or Shift+Tab where it lies behind, until `target` has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    const key = await target.evaluate((element) => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (active === element) return undefined;
      // Across shadow roots there is no order: then forward.
      const from = document.activeElement;
      const isBehind =
        from !== null && from.compareDocumentPosition(element) === Node.DOCUMENT_POSITION_PRECEDING;
      return isBehind ? 'Shift+Tab' : 'Tab';
    });
    if (key === undefined) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab never reached ${target}`);
}

/** What has the focus is shown to have it, and stays so. */
export async function expectFocusSeen(target: Locator): Promise<void> {
  await expect(target).toBeFocused();
  expect(await target.evaluate((element) => element.matches(':focus-visible'))).toBe(true);
  await expect(target).not.toHaveCSS('outline-style', 'none');
}

/** Answers a question with the keyboard alone, from wherever the focus is. */
export async function handleByKeyboard(page: Page, question: Locator, handling: Handling): Promise<void> {
  switch (handling.by) {
    case 'choosing':
      return chooseByKeyboard(page, question, handling.values);
    case 'lists':
      for (const [source, target] of Object.entries(handling.pairs)) {
        const list = question.locator(`[data-value="${source}"] select`);
        await tabTo(page, list);
        await expectFocusSeen(list);
        const places = await list.evaluate((element: HTMLSelectElement, value) => {
          const options = [...element.options];
          return options.findIndex((option) => option.value === value) - element.selectedIndex;
        }, target);
        for (let step = 0; step < Math.abs(places); step++)
          await page.keyboard.press(places > 0 ? 'ArrowDown' : 'ArrowUp');
        await expect(list).toHaveValue(target);
        await expectFocusSeen(list);
      }
      return;
    case 'moving': {
      const move = async (step: string, way: 'up' | 'down') => {
        const button = moveButton(question, step, way);
        await tabTo(page, button);
        const before = await stepsOf(question);
        await page.keyboard.press(way === 'up' ? 'Enter' : 'Space');
        await expect.poll(() => stepsOf(question)).not.toEqual(before);
        // It has moved with its step.
        await expectFocusSeen(button);
      };
      const [first = ''] = handling.order;
      if ((await stepsOf(question)).join() === handling.order.join()) await move(first, 'down');
      for (const [place, step] of handling.order.entries()) {
        while ((await stepsOf(question)).indexOf(step) > place) await move(step, 'up');
      }
      return;
    }
    case 'writing': {
      const field = question.getByRole('textbox');
      await tabTo(page, field);
      await expectFocusSeen(field);
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(handling.text);
      await expect(field).toHaveValue(handling.text);
    }
  }
}

async function chooseByKeyboard(page: Page, question: Locator, values: readonly string[]): Promise<void> {
  const controls = question.locator('input');
  const control = (value: string) => question.locator(`input[value="${value}"]`);
  if ((await controls.first().getAttribute('type')) === 'checkbox') {
    for (const value of (await seeQuestion(question)).options) {
      if ((await control(value).isChecked()) === values.includes(value)) continue;
      await tabTo(page, control(value));
      await page.keyboard.press('Space');
      await expect(control(value)).toBeChecked({ checked: values.includes(value) });
      await expectFocusSeen(control(value));
    }
    return;
  }
  const [value = ''] = values;
  const options = (await seeQuestion(question)).options;
  const checked = question.locator('input:checked');
  // Tab reaches the one that is chosen, or the first or last of all.
  if ((await checked.count()) === 0) {
    await tabTo(page, control(options[0] ?? ''));
    await page.keyboard.press('Space');
  } else await tabTo(page, checked);
  while (!(await control(value).isChecked())) {
    const before = await checked.inputValue();
    const ahead = options.indexOf(value) > options.indexOf(before);
    await page.keyboard.press(ahead ? 'ArrowDown' : 'ArrowUp');
    await expect(checked).not.toHaveValue(before);
  }
  await expectFocusSeen(control(value));
}
