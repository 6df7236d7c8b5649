/** Every kind of question: by mouse, by keyboard, by touch; in every state that it can be in. */
import type { Locator, Page } from '@playwright/test';
import type { Item } from '../../src/items/items.ts';
import type { Course } from '../../src/model/course.ts';
import {
  askedIn,
  expectFocusSeen,
  type Handling,
  handle,
  handleByKeyboard,
  handlingOf,
  heldBy,
  moveButton,
  questionOf,
  seeQuestion,
  stepsOf,
  tabTo,
} from './answering.ts';
import { answer, expect, heading, keptOnDevice, openPage, test, turnTo } from './course-test.ts';
import { heardIn, listen } from './live-regions.ts';
import { expectNoViolations, looks } from './no-violations.ts';
import type { ServedCourse } from './small-courses.ts';

const kinds = ['choice', 'true-false', 'matching', 'sequencing', 'fill-in', 'numeric', 'likert'] as const;

/** The first question of a kind, wherever the course has one. */
function itemOf({ items, checks }: Course, kind: Item['kind']): Item {
  const item = [...items, ...checks].find((candidate) => candidate.kind === kind);
  if (!item) throw new Error(`The course has no question of the kind ${kind}.`);
  return item;
}

/** Opens the page on which a question stands. */
async function openQuestion(page: Page, { address, course }: ServedCourse, item: Item): Promise<Locator> {
  await page.goto(address);
  await expect(heading(page)).toBeVisible();
  const question = questionOf(page, item);
  const id = await question.evaluate((element) => element.closest('course-page')?.id.slice(1));
  const target = course.pages.find((candidate) => candidate.id === id);
  if (!target) throw new Error(`"${item.id}" stands on no page.`);
  await turnTo(page, target);
  await expect(question).toBeVisible();
  return question;
}

/** Waits until the controls hold an answer, and the attempt has it. */
async function expectAnswered(page: Page, course: Course, item: Item, handling: Handling): Promise<void> {
  const question = questionOf(page, item);
  const { held, options } = await seeQuestion(question);
  expect(held).toEqual(heldBy(handling, options));
  await expect
    .poll(async () => {
      const { quiz, checks } = await keptOnDevice(page, course);
      return JSON.stringify((quiz.answers[item.id] ?? checks[item.id])?.response ?? null);
    })
    .not.toBe('null');
}

const judge = (question: Locator) => question.locator('.judge button');
const outcome = (question: Locator) => question.locator('.outcome');

async function expectNotWide(page: Page): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, 'pixels to scroll sideways').toBeLessThanOrEqual(0);
}

for (const kind of kinds) {
  test.describe(`a ${kind} question`, () => {
    test('is answered by mouse, and again until it is submitted', async ({ page, small: { whole } }) => {
      const item = itemOf(whole.course, kind);
      const question = await openQuestion(page, whole, item);
      for (const right of [false, true, false, true]) {
        const handling = handlingOf(item, right);
        // A checkbox that was chosen is taken back first.
        for (const chosen of await question.locator('input[type="checkbox"]:checked').all())
          await chosen.uncheck();
        await handle(question, handling);
        await expectAnswered(page, whole.course, item, handling);
      }
    });

    test('is answered by keyboard alone, and checked, and keeps the focus', async ({
      page,
      small: { atOnce },
    }) => {
      const item = itemOf(atOnce.course, kind);
      const question = await openQuestion(page, atOnce, item);
      await heading(page).focus();
      for (const right of [false, true]) {
        const handling = handlingOf(item, right);
        await handleByKeyboard(page, question, handling);
        await expectAnswered(page, atOnce.course, item, handling);
        await tabTo(page, judge(question));
        await expectFocusSeen(judge(question));
        await page.keyboard.press('Enter');
        await expect(question).toHaveAttribute(
          'data-result',
          kind === 'likert' ? 'noted' : right ? 'right' : 'wrong',
        );
        await expectFocusSeen(judge(question));
      }
      // From the button on, Tab goes on behind the question.
      await page.keyboard.press('Tab');
      await expect(judge(question)).not.toBeFocused();
      const behind = await question.evaluate(
        (element) => element.compareDocumentPosition(document.activeElement ?? document.body) & 4,
      );
      expect(behind).toBe(4);
    });

    test.describe('on a phone', () => {
      test.use({
        viewport: { width: 360, height: 740 },
        // Firefox cannot be made to have a touch screen from outside: there the narrow window is clicked in.
        hasTouch: async ({ browserName }, use) => use(browserName === 'chromium'),
      });

      test('is answered and checked by touch, with nothing to scroll sideways', async ({
        page,
        browserName,
        small: { atOnce },
      }) => {
        const press = (target: Locator) =>
          browserName === 'chromium' ? target.tap({ timeout: 3000 }) : target.click({ timeout: 3000 });
        const item = itemOf(atOnce.course, kind);
        const question = await openQuestion(page, atOnce, item);
        const handling = handlingOf(item, true);
        await expectNotWide(page);
        await handle(question, handling, press);
        await expectAnswered(page, atOnce.course, item, handling);
        await press(judge(question));
        await expect(question).toHaveAttribute('data-result', kind === 'likert' ? 'noted' : 'right');
        await expectNotWide(page);
        for (const control of await question.locator('label, select, button:visible').all()) {
          const box = await control.boundingBox();
          expect(box?.height ?? 24).toBeGreaterThanOrEqual(24);
        }
      });
    });

    test('is judged at once, said once, may be tried again, and is then closed with the solution', async ({
      page,
      small: { atOnce },
    }) => {
      await listen(page);
      const item = itemOf(atOnce.course, kind);
      const question = await openQuestion(page, atOnce, item);
      const said = () => heardIn(page, 'outcome');

      // Nothing to check yet: that is said, once.
      await judge(question).click();
      await expect(outcome(question)).not.toBeEmpty();
      const hint = await outcome(question).innerText();
      await judge(question).click();
      expect(await said()).toEqual([hint]);

      await handle(question, handlingOf(item, false));
      await expect(outcome(question)).toBeEmpty();
      // Of pairs, the learner is told that some are still missing.
      const before = await said();
      expect(before).toEqual(
        kind === 'matching' ? [hint, 'A part of this question has no answer yet.'] : [hint],
      );
      await judge(question).click();
      const first = kind === 'likert' ? /^Thank you/ : /^Your answer is not right\./;
      await expect(outcome(question)).toHaveText(first);
      const firstText = await outcome(question).innerText();
      expect(await said()).toEqual([...before, firstText]);
      await judge(question).click();
      await expect
        .poll(async () => {
          const { quiz, checks } = await keptOnDevice(page, atOnce.course);
          return (quiz.answers[item.id] ?? checks[item.id])?.tries;
        })
        .toBe(1);
      expect(await said()).toEqual([...before, firstText]);
      if (kind === 'likert') return;

      // The solution is not given away while there is a try left.
      await expect(outcome(question)).toContainText('You can change your answer and check it again.');
      await expect(question.getByText(/Right is|The right answer|Its place is/)).toHaveCount(0);

      // Wrong once more, in another way where there is one: changed, the judgement is gone.
      const [control, other] =
        kind === 'sequencing'
          ? [moveButton(question, (await stepsOf(question)).at(-1) ?? '', 'up'), 1]
          : [undefined, 0];
      if (control) for (let move = 0; move < other; move++) await control.click();
      else {
        await handle(question, handlingOf(item, true));
        await expect(outcome(question)).toBeEmpty();
        await expect(question).not.toHaveAttribute('data-result');
        for (const chosen of await question.locator('input[type="checkbox"]:checked').all())
          await chosen.uncheck();
        await handle(question, handlingOf(item, false));
      }
      await judge(question).click();
      await expect(outcome(question)).not.toContainText('You can change your answer');
      await expect(outcome(question)).toHaveText(/^Your answer is (not right|right in part)\./);
      expect(await said()).toHaveLength(before.length + 2);
      await expect(judge(question)).toHaveAttribute('aria-disabled', 'true');
      const open = 'input:enabled:not([readonly]), select:enabled, .moves button';
      await expect(question.locator(open).filter({ visible: true })).toHaveCount(0);
      await expect(question.getByText(/Right is|The right answer|Its place is/).first()).toBeVisible();

      // Loaded anew it stands as it stood, and says nothing.
      await page.reload();
      await expect(outcome(question)).toHaveText(/^Your answer is (not right|right in part)\./);
      expect(await said()).toEqual([]);
    });

    test('loses no click where it closes: what stands below it stays where it is', async ({
      page,
      small: { atOnce },
    }) => {
      const item = itemOf(atOnce.course, kind);
      const question = await openQuestion(page, atOnce, item);
      await handle(question, handlingOf(item, true));
      await judge(question).click();
      await expect(question).toHaveAttribute('data-result', kind === 'likert' ? 'noted' : 'right');
      await page.getByRole('link', { name: /^Previous/ }).click();
      await expect(question).toBeHidden();
    });

    for (const { look, viewport, colorScheme } of looks) {
      test(`shows axe nothing in any state (${look})`, async ({ page, small: { atOnce } }) => {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        const item = itemOf(atOnce.course, kind);
        const question = await openQuestion(page, atOnce, item);
        await expectNoViolations(page, 'unanswered');
        await expectNotWide(page);
        // From here on only the question changes.
        const look = async (state: string) => {
          await expectNoViolations(page, state, { within: `[data-item="${item.id}"]` });
          await expectNotWide(page);
        };
        await judge(question).click();
        await expect(outcome(question)).not.toBeEmpty();
        await look('refused');
        await handle(question, handlingOf(item, false));
        await look('answered');
        await judge(question).click();
        await expect(question).toHaveAttribute('data-result');
        await look('judged');
        if (kind === 'likert') return;
        for (const chosen of await question.locator('input[type="checkbox"]:checked').all())
          await chosen.uncheck();
        await handle(question, partly(item) ?? handlingOf(item, true));
        await judge(question).click();
        await expect(question).toHaveAttribute('data-result', partly(item) ? 'partly' : 'right');
        await look('closed');
      });
    }
  });
}

/** An answer that is right in part; undefined where there is none that earns anything. */
function partly(item: Item): Handling | undefined {
  if (item.rules.credit !== 'partial') return undefined;
  if (item.kind === 'sequencing') {
    const [first = '', second = '', ...rest] = item.options.map(({ id }) => id);
    return { by: 'moving', order: [second, first, ...rest] };
  }
  if (item.kind !== 'matching') return undefined;
  const [first, ...rest] = item.pairs;
  const other = item.targets.find(({ id }) => id !== first?.target);
  const pairs = rest.map(({ id, target }) => [id, target] as const);
  return { by: 'lists', pairs: { [first?.id ?? '']: other?.id ?? '', ...Object.fromEntries(pairs) } };
}

test.describe('the quiz of every kind', () => {
  for (const { look, viewport, colorScheme } of looks) {
    test(`shows axe nothing where it is reviewed, nor does its result (${look})`, async ({
      page,
      small: { whole },
    }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      const { address, course } = whole;
      await page.goto(`${address}#/quiz`);
      const ways = { wrong: () => false, right: () => true, partly: () => true };
      for (const [state, isRight] of Object.entries(ways)) {
        const items = await askedIn(page, course);
        await answer(page, items, isRight);
        for (const item of items) {
          const handling = state === 'partly' ? partly(item) : undefined;
          if (handling) await handle(questionOf(page, item), handling);
        }
        await page.getByRole('button', { name: 'Submit answers' }).click();
        await expect(page.locator('.quiz-summary h2')).toBeFocused();
        await expectNoViolations(page, `quiz, ${state}`);
        await expectNotWide(page);
        await page.getByRole('link', { name: 'Go to your result' }).click();
        await expect(openPage(page).locator('.review')).toHaveCount(items.length);
        await expectNoViolations(page, `result, ${state}`);
        await expectNotWide(page);
        await turnTo(page, { id: 'quiz', title: 'Quiz' });
        await page.getByRole('button', { name: 'Try again' }).first().click();
      }
    });
  }

  test('is answered, submitted, closed, and reviewed', async ({ page, small: { whole } }) => {
    const { address, course } = whole;
    await page.goto(`${address}#/quiz`);
    const items = await askedIn(page, course);
    expect(new Set(items.map(({ kind }) => kind)).size).toBe(kinds.length - 1);
    await answer(page, items, () => true);
    for (const item of items) {
      await expect(questionOf(page, item)).not.toHaveAttribute('data-result');
    }
    await page.getByRole('button', { name: 'Submit answers' }).click();
    await expect(page.getByRole('heading', { name: 'Passed: you scored 100%' })).toBeFocused();
    for (const item of items) {
      await expect(questionOf(page, item)).toHaveAttribute('data-result', 'right');
      const open = 'input:enabled:not([readonly]), select:enabled, .moves button';
      await expect(questionOf(page, item).locator(open).filter({ visible: true })).toHaveCount(0);
    }
    await page.getByRole('link', { name: 'Go to your result' }).click();
    const reviews = openPage(page).locator('.review');
    for (const [index, item] of items.entries()) {
      const given = reviews.nth(index).locator('dl > div').filter({ hasText: 'Your answer' }).locator('dd');
      const expected = {
        choice: 1,
        'true-false': 1,
        matching: item.kind === 'matching' ? item.pairs.length : 0,
        sequencing: item.kind === 'sequencing' ? item.options.length : 0,
        'fill-in': 1,
        numeric: 1,
        likert: 1,
      }[item.kind];
      const right = item.kind === 'choice' ? item.options.filter(({ correct }) => correct).length : expected;
      await expect(given, item.id).toHaveCount(right);
    }
  });
});

test.describe('steps', () => {
  test('are dragged by their grip', async ({ page, small: { whole } }) => {
    const item = itemOf(whole.course, 'sequencing');
    const question = await openQuestion(page, whole, item);
    const right = handlingOf(item, true);
    const order = right.by === 'moving' ? right.order : [];
    for (const [place, step] of order.entries()) {
      const from = (await stepsOf(question)).indexOf(step);
      if (from === place) continue;
      await question.evaluate((element) => element.scrollIntoView({ block: 'center' }));
      const grip = await question.locator(`.step[data-value="${step}"] .grip`).boundingBox();
      const target = await question.locator('.step').nth(place).boundingBox();
      if (!grip || !target) throw new Error('There is nothing to drag.');
      const x = grip.x + grip.width / 2;
      await page.mouse.move(x, grip.y + grip.height / 2);
      await page.mouse.down();
      await expect(question.locator('.step.dragged')).toHaveAttribute('data-value', step);
      await page.mouse.move(x, target.y + 4, { steps: 6 });
      // What is saved meanwhile does not put it back.
      await page.evaluate(() =>
        document.querySelector<HTMLInputElement>('course-page:not([hidden]) input')?.click(),
      );
      await page.mouse.up();
      await expect.poll(async () => (await stepsOf(question)).indexOf(step)).toBe(place);
      await expect(question.locator('.step.dragged')).toHaveCount(0);
    }
    await expectAnswered(page, whole.course, item, right);
  });

  test('tell where they went, once for each move', async ({ page, small: { whole } }) => {
    await listen(page);
    const item = itemOf(whole.course, 'sequencing');
    const question = await openQuestion(page, whole, item);
    const [first = ''] = await stepsOf(question);
    await moveButton(question, first, 'down').click();
    await expect.poll(async () => (await stepsOf(question))[1]).toBe(first);
    const text = await question.locator(`.step[data-value="${first}"] .step-text`).innerText();
    expect(await heardIn(page, 'moved')).toEqual([`${text}: place 2 of 3`]);
    // At an end there is one way only: pressed all the same, nothing happens.
    await moveButton(question, (await stepsOf(question))[0] ?? '', 'up').click({ force: true });
    expect(await heardIn(page, 'moved')).toHaveLength(1);
  });

  test('that stand as they stood at first are no answer', async ({ page, small: { whole } }) => {
    const item = itemOf(whole.course, 'sequencing');
    await openQuestion(page, whole, item);
    await answer(
      page,
      whole.course.items.filter((other) => other !== item),
      () => true,
    );
    await page.getByRole('button', { name: 'Submit answers' }).click();
    await expect(page.getByRole('alert')).toContainText('no answer yet');
    await expect(outcome(questionOf(page, item))).toBeVisible();
  });
});

test.describe('what is written', () => {
  test('and is no number is refused with a hint, and stays', async ({ page, small: { atOnce } }) => {
    await listen(page);
    const item = itemOf(atOnce.course, 'numeric');
    const question = await openQuestion(page, atOnce, item);
    const field = question.getByRole('textbox');
    const hint = 'Write a number, for example 12 or 3.5.';
    await field.fill('abc');
    await judge(question).click();
    await expect(outcome(question)).toHaveText(hint);
    await expect(field).toHaveValue('abc');
    await field.press('Enter');
    expect(await heardIn(page, 'outcome')).toEqual([hint]);
    await expect(field).toHaveValue('abc');
    const { quiz } = await keptOnDevice(page, atOnce.course);
    expect(quiz.answers[item.id]?.tries ?? 0).toBe(0);
    await field.fill('6,0');
    await field.press('Enter');
    await expect(question).toHaveAttribute('data-result', 'right');
    // As it was written.
    await expect(field).toHaveValue('6,0');
    await expect(field).toBeFocused();
  });

  test('is not lost where the page is hidden right after it', async ({ page, small: { whole } }) => {
    const { course } = whole;
    const item = itemOf(course, 'fill-in');
    const question = await openQuestion(page, whole, item);
    const field = question.getByRole('textbox');
    await field.focus();
    await page.keyboard.type('infusi');
    const kept = await page.evaluate((id) => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      return localStorage.getItem(`course:${id}`);
    }, course.id);
    expect(kept).not.toBeNull();
    // Nobody waits for anything after that.
    await page.evaluate(() => localStorage.setItem('as it was', JSON.stringify({ ...localStorage })));
    expect((await keptOnDevice(page, course)).quiz.answers[item.id]?.response).toBe('infusi');
    await page.reload();
    await expect(field).toHaveValue('infusi');
  });

  test('is there after leaving at once', async ({ page, small: { whole } }) => {
    const item = itemOf(whole.course, 'numeric');
    const question = await openQuestion(page, whole, item);
    await question.getByRole('textbox').focus();
    await page.keyboard.type('3.5');
    await page.reload();
    await expect(question.getByRole('textbox')).toHaveValue('3.5');
  });

  test('is never written over while other things are saved', async ({ page, context, small: { whole } }) => {
    const { course } = whole;
    const item = itemOf(course, 'fill-in');
    const question = await openQuestion(page, whole, item);
    const field = question.getByRole('textbox');
    const written = async () => (await keptOnDevice(page, course)).quiz.answers[item.id]?.response;
    const answerOther = (kind: Item['kind'], right: boolean) =>
      page.evaluate(
        ([id, value]) =>
          document.querySelector<HTMLInputElement>(`[data-item="${id}"] input[value="${value}"]`)?.click(),
        (() => {
          const other = itemOf(course, kind);
          const handling = handlingOf(other, right);
          return [other.id, handling.by === 'choosing' ? handling.values[0] : ''];
        })(),
      );
    await field.focus();
    for (const letter of 'an') {
      await page.keyboard.type(letter);
      await answerOther('true-false', letter === 'a');
      await field.focus();
    }
    await expect(field).toHaveValue('an');
    // A space at the end is not taken away while somebody is thinking.
    await page.keyboard.type(' ');
    await expect.poll(written).toBe('an');
    await answerOther('true-false', true);
    await field.focus();
    await expect(field).toHaveValue('an ');

    // Nor by what is done in another tab.
    await page.keyboard.type('inf');
    const second = await context.newPage();
    await second.goto(`${whole.address}#/quiz`);
    const choice = itemOf(course, 'choice');
    await handle(questionOf(second, choice), handlingOf(choice, true));
    await expect.poll(async () => (await seeQuestion(questionOf(page, choice))).held).not.toEqual([]);
    await second.close();
    await expect(field).toHaveValue('an inf');
    await field.focus();
    await page.keyboard.press('End');
    await page.keyboard.type('usion');
    await expect(field).toHaveValue('an infusion');
    await expect.poll(written).toBe('an infusion');
  });

  test('is kept where it comes from elsewhere with a tab in it', async ({ page, small: { whole } }) => {
    const item = itemOf(whole.course, 'fill-in');
    const question = await openQuestion(page, whole, item);
    const field = question.getByRole('textbox');
    await field.fill('an\tinfusion');
    await field.blur();
    await expect
      .poll(async () => (await keptOnDevice(page, whole.course)).quiz.answers[item.id]?.response)
      .toBe('an infusion');
    await answer(page, [itemOf(whole.course, 'true-false')], () => true);
    expect((await field.inputValue()).replace('\t', ' ')).toBe('an infusion');
  });
});

test.describe('a click that leaves a field', () => {
  test('is not lost where a new answer takes the judgement away', async ({ page, small: { atOnce } }) => {
    for (const kind of ['fill-in', 'numeric'] as const) {
      const item = itemOf(atOnce.course, kind);
      const question = await openQuestion(page, atOnce, item);
      await handle(question, handlingOf(item, false));
      await judge(question).click();
      await expect(question).toHaveAttribute('data-result', 'wrong');
      const right = handlingOf(item, true);
      await question.getByRole('textbox').focus();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type(right.by === 'writing' ? right.text : '');
      // While the field still has the focus and writing may not rest yet.
      await judge(question).click();
      await expect(question).toHaveAttribute('data-result', 'right', { timeout: 3000 });
    }
  });

  test('is not lost where an answer takes away what was said to be missing', async ({
    page,
    small: { whole },
  }) => {
    const item = itemOf(whole.course, 'fill-in');
    const question = await openQuestion(page, whole, item);
    await page.getByRole('button', { name: 'Submit answers' }).click();
    await expect(outcome(question)).not.toBeEmpty();
    await question.getByRole('textbox').focus();
    await page.keyboard.type('infusion');
    const below = page.getByRole('link', { name: /^Previous/ });
    await below.click();
    await expect(question).toBeHidden({ timeout: 3000 });
  });
});

test('pairs of which some are made are there after loading anew, and are no answer yet', async ({
  page,
  small: { whole },
}) => {
  const { course } = whole;
  const item = itemOf(course, 'matching');
  if (item.kind !== 'matching') throw new Error('no matching question');
  const question = await openQuestion(page, whole, item);
  const [first] = item.pairs;
  await handle(question, { by: 'lists', pairs: { [first?.id ?? '']: first?.target ?? '' } });
  await expect
    .poll(async () => (await keptOnDevice(page, course)).quiz.answers[item.id]?.response)
    .toEqual([[first?.id, first?.target]]);
  await page.reload();
  await expect(question.locator(`[data-value="${first?.id}"] select`)).toHaveValue(first?.target ?? '');
  expect((await seeQuestion(question)).held).toEqual([first?.target, ...item.pairs.slice(1).map(() => '')]);
  await page.getByRole('button', { name: 'Submit answers' }).click();
  await expect(question.getByText('A part of this question has no answer yet.')).toBeVisible();
});

test('a question in a lesson with one attempt closes after it', async ({ page, small: { written } }) => {
  const item = itemOf({ ...written.course, items: [] }, 'true-false');
  const question = await openQuestion(page, written, item);
  await handle(question, handlingOf(item, false));
  await judge(question).click();
  await expect(outcome(question)).toHaveText(/^Your answer is not right\./);
  await expect(outcome(question)).not.toContainText('check it again');
  await expect(question.locator('input:enabled')).toHaveCount(0);
});
