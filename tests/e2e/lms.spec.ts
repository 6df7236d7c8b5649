/** The whole course inside an LMS, in both editions: read, failed, left, resumed, passed, left, resumed. */
import type { Frame, FrameLocator, Page } from '@playwright/test';
import type { Item } from '../../src/items/items.ts';
import type { Course } from '../../src/model/course.ts';
import { askedIn, handle, handlingOf, questionOf, seeAsked } from './answering.ts';
import {
  answerAtOnce,
  type Edition,
  editions,
  expect,
  expectRecorded,
  heading,
  leave,
  openPage,
  press,
  readToEnd,
  recorded,
  test,
} from './course-test.ts';

/** The frame that the course is in. */
function courseFrame(page: Page): Frame {
  const [, frame] = page.frames();
  if (!frame) throw new Error('There is no course in the page.');
  return frame;
}

/** The names and the values of what each edition records. */
const records = {
  scorm12: {
    location: 'cmi.core.lesson_location',
    status: (completion: string, success: string) => ({
      'cmi.core.lesson_status': completion === 'incomplete' ? 'incomplete' : success,
    }),
    score: (percent: string) => ({ 'cmi.core.score.raw': percent, 'cmi.core.score.min': '0' }),
    progress: (): Record<string, string> => ({}),
    wrong: 'wrong',
    exit: 'cmi.core.exit',
    time: 'cmi.core.session_time',
  },
  scorm2004: {
    location: 'cmi.location',
    status: (completion: string, success: string) => ({
      'cmi.completion_status': completion,
      'cmi.success_status': success,
    }),
    score: (percent: string, scaled: string) => ({
      'cmi.score.raw': percent,
      'cmi.score.min': '0',
      'cmi.score.max': '100',
      'cmi.score.scaled': scaled,
    }),
    progress: (measure: string): Record<string, string> => ({ 'cmi.progress_measure': measure }),
    wrong: 'incorrect',
    exit: 'cmi.exit',
    time: 'cmi.session_time',
  },
} as const;

const cut = (value: number, digits: number) => String(Math.trunc(value * 10 ** digits + 1e-6) / 10 ** digits);

/** An answer that the LMS has been told of. */
interface Told {
  readonly item: Item;
  readonly right: boolean;
}

/** Checks each question of the open lesson: first wrong, then right where it may be tried again. */
async function checkLesson(frame: FrameLocator, checks: readonly Item[]): Promise<Told[]> {
  const told: Told[] = [];
  const ids = await openPage(frame)
    .locator('[data-item]')
    .evaluateAll((all) => all.map((element) => element.getAttribute('data-item')));
  for (const id of ids) {
    const item = checks.find((check) => check.id === id);
    if (!item) throw new Error(`The lesson shows "${id}", which is no check of the course.`);
    const question = questionOf(frame, item);
    for (const right of item.rules.attempts === 1 ? [false] : [false, true]) {
      // What was ticked before is taken back.
      for (const control of await question.locator('input[type="checkbox"]:checked').all())
        await expect(() => control.uncheck({ timeout: 3000 })).toPass();
      await handle(question, handlingOf(item, right));
      await press(question.locator('.judge button'), (within) =>
        expect(question).toHaveAttribute('data-result', right ? 'right' : 'wrong', within),
      );
      told.push({ item, right });
    }
  }
  return told;
}

/**
 * What each edition's standard wants to read of an answer, written out once more: from the authored order of options,
 * by no code of the course. Of the answers that are accepted, five at most: SCORM 2004 keeps no more.
 */
const written = {
  /** CMIFeedback: options by letters, things to be matched by numerals (RTE 3.4.4). */
  scorm12: (item: Item, right: boolean) => {
    const done = handlingOf(item, right);
    const letters = (ids: readonly string[], chosen: readonly string[]) =>
      chosen.map((id) => 'abcdefghij'[ids.indexOf(id)]).join(',');
    switch (item.kind) {
      case 'choice': {
        const ids = item.options.map(({ id }) => id);
        const correct = item.options.filter((option) => option.correct).map(({ id }) => id);
        const chosen = ids.filter((id) => done.by === 'choosing' && done.values.includes(id));
        return { response: letters(ids, chosen), patterns: [letters(ids, correct)] };
      }
      case 'true-false':
        return { response: item.answer === right ? 't' : 'f', patterns: [item.answer ? 't' : 'f'] };
      case 'matching': {
        const targets = item.targets.map(({ id }) => id);
        const pair = (index: number, target = '') => `${index + 1}.${letters(targets, [target])}`;
        return {
          response: item.pairs
            .map(({ id }, index) => pair(index, done.by === 'lists' ? done.pairs[id] : ''))
            .join(','),
          patterns: [item.pairs.map(({ target }, index) => pair(index, target)).join(',')],
        };
      }
      case 'sequencing': {
        const all = item.options.map((_, index) => 'abcdefghij'[index]);
        const order = right ? all : all.toReversed();
        return { response: order.join(','), patterns: [all.join(',')] };
      }
      case 'fill-in':
        return { response: done.by === 'writing' ? done.text : '', patterns: item.accepted.slice(0, 5) };
      case 'numeric':
        return { response: done.by === 'writing' ? done.text : '', patterns: [String(item.answer)] };
      case 'likert':
        return { response: 'a', patterns: [] };
    }
  },
  /** By the ids of the options (SCORM 2004 4th Ed. RTE 4.2.9.1 and 4.2.9.2). */
  scorm2004: (item: Item, right: boolean) => {
    const done = handlingOf(item, right);
    switch (item.kind) {
      case 'choice': {
        const ids = item.options.map(({ id }) => id);
        const correct = item.options.filter((option) => option.correct).map(({ id }) => id);
        const chosen = ids.filter((id) => done.by === 'choosing' && done.values.includes(id));
        return { response: chosen.join('[,]'), patterns: [correct.join('[,]')] };
      }
      case 'true-false':
        return { response: String(item.answer === right), patterns: [String(item.answer)] };
      case 'matching':
        return {
          response: item.pairs
            .map(({ id }) => `${id}[.]${done.by === 'lists' ? done.pairs[id] : ''}`)
            .join('[,]'),
          patterns: [item.pairs.map(({ id, target }) => `${id}[.]${target}`).join('[,]')],
        };
      case 'sequencing': {
        const all = item.options.map(({ id }) => id);
        const order = right ? all : all.toReversed();
        return { response: order.join('[,]'), patterns: [all.join('[,]')] };
      }
      case 'fill-in':
        return {
          response: done.by === 'writing' ? done.text : '',
          patterns: item.accepted.slice(0, 5),
        };
      case 'numeric':
        return { response: done.by === 'writing' ? done.text : '', patterns: [`${item.min}[:]${item.max}`] };
      case 'likert':
        return { response: item.options[0]?.id ?? '', patterns: [] };
    }
  },
};

/** Waits until the LMS has these interactions, in this order, and no more. */
async function expectInteractions(
  page: Page,
  format: keyof typeof written,
  told: readonly Told[],
): Promise<void> {
  const is12 = format === 'scorm12';
  const expected = told.map(({ item, right }) => ({
    id: item.id,
    type: item.kind,
    objective: item.takeaway,
    ...written[format](item, right),
    result: item.kind === 'likert' ? 'neutral' : right ? 'correct' : records[format].wrong,
    weighting: String(item.weight),
  }));
  const found = async () => {
    const { data } = await recorded(page);
    const entry = (index: number) => `cmi.interactions.${index}`;
    const count = Object.keys(data).filter((name) => /^cmi\.interactions\.\d+\.id$/.test(name)).length;
    return Array.from({ length: count }, (_, index) => ({
      id: data[`${entry(index)}.id`],
      type: data[`${entry(index)}.type`],
      objective: data[`${entry(index)}.objectives.0.id`],
      response: data[`${entry(index)}.${is12 ? 'student_response' : 'learner_response'}`],
      patterns: Object.entries(data).flatMap(([name, value]) =>
        name.startsWith(`${entry(index)}.correct_responses.`) && name.endsWith('.pattern') ? [value] : [],
      ),
      result: data[`${entry(index)}.result`],
      weighting: data[`${entry(index)}.weighting`],
    }));
  };
  await expect.poll(found).toEqual(expected);
}

/** Share of right answers to the questions of each takeaway, in the order of the course. */
function shares(
  course: Course,
  asked: readonly Item[],
  right: readonly Item[],
): (readonly [string, number])[] {
  return course.takeaways.map(({ id }) => {
    const its = asked.filter(({ takeaway }) => takeaway === id);
    return [id, its.filter((item) => right.includes(item)).length / its.length];
  });
}

/** Waits until the LMS has these scores of the takeaways, and says which are reached. */
async function expectObjectives(
  page: Page,
  format: keyof typeof records,
  scores: readonly (readonly [string, number])[],
): Promise<void> {
  const entries = scores.flatMap(([id, scaled], index): [string, string][] => {
    const entry = `cmi.objectives.${index}`;
    const success = scaled >= 0.8 ? 'passed' : 'failed';
    const raw = cut(scaled * 100, 2);
    return format === 'scorm12'
      ? [
          [`${entry}.id`, id],
          [`${entry}.score.raw`, raw],
          [`${entry}.status`, success],
        ]
      : [
          [`${entry}.id`, id],
          [`${entry}.score.raw`, raw],
          [`${entry}.score.scaled`, cut(scaled, 4)],
          [`${entry}.completion_status`, 'completed'],
          [`${entry}.success_status`, success],
        ];
  });
  await expectRecorded(page, Object.fromEntries(entries));
  const names = Object.keys((await recorded(page)).data);
  expect(names.filter((name) => /^cmi\.objectives\.\d+\.id$/.test(name))).toHaveLength(scores.length);
}

for (const { title, format } of editions satisfies readonly Edition[]) {
  test(`the whole course is taken and tracked in ${title}`, async ({ page, lms, course }) => {
    test.setTimeout(300_000);
    const record = records[format];
    const frame = page.frameLocator('iframe');
    const lessons = course.pages.filter(({ kind }) => kind === 'lesson');
    const steps = lessons.length + 1;
    /** The questions of the lessons, each as often as it was checked. */
    const checked: Told[] = [];

    await page.goto(lms.address);
    await page.getByRole('link', { name: `Start: ${course.title}, ${title}` }).click();
    await expect(heading(frame)).toHaveText('Welcome');
    await expectRecorded(page, {
      ...record.status('incomplete', 'unknown'),
      [record.location]: 'welcome',
      [record.exit]: 'suspend',
    });
    expect((await recorded(page)).calls.length, 'LMS calls before the learner acts').toBeLessThanOrEqual(15);

    for (const [index, lesson] of lessons.entries()) {
      await expect(heading(frame)).toHaveText(lesson.title);
      checked.push(...(await checkLesson(frame, course.checks)));
      await readToEnd(frame);
      await expect(frame.getByText(`${Math.floor((100 * (index + 1)) / steps)}%`)).toBeVisible();
      await expectRecorded(page, {
        [record.location]: lesson.id,
        ...record.status('incomplete', 'unknown'),
        ...record.progress(cut((index + 1) / steps, 4)),
      });
      const title = course.pages[course.pages.indexOf(lesson) + 1]?.title ?? '';
      await press(frame.getByRole('link', { name: /^Next/ }).filter({ hasText: title }), (within) =>
        expect(heading(frame).and(frame.getByText(title, { exact: true }))).toBeFocused(within),
      );
    }

    await expect(heading(frame)).toHaveText('Quiz on the takeaways');
    await expectRecorded(page, { [record.location]: 'quiz' });
    const asked = await askedIn(frame, course);
    const rightOnes = asked.slice(0, 3);
    await answerAtOnce(courseFrame(page), asked, (item) => rightOnes.includes(item));
    const submit = frame.getByRole('button', { name: 'Submit answers' });
    await press(submit, (within) =>
      expect(frame.getByRole('heading', { name: /^Not passed yet/ })).toBeFocused(within),
    );
    const failed = rightOnes.length / asked.length;
    await expectRecorded(page, {
      ...record.status('incomplete', 'failed'),
      ...record.score(cut(failed * 100, 2), cut(failed, 4)),
    });
    const told: Told[] = [
      ...checked.map(({ item, right }) => ({ item, right })),
      ...asked.map((item) => ({ item, right: rightOnes.includes(item) })),
    ];
    await expectInteractions(page, format, told);
    const first = shares(course, asked, rightOnes);
    await expectObjectives(page, format, first);
    expect((await recorded(page)).data[record.time]).toMatch(/[1-9]/);

    await leave(page);
    await lms.restart();
    await page.goto(lms.address);
    await page.getByRole('link', { name: `Resume: ${course.title}, ${title}` }).click();
    await expect(heading(frame)).toHaveText('Quiz on the takeaways');
    await expect(frame.getByRole('heading', { name: /^Not passed yet/ })).toBeVisible();
    await expectRecorded(page, record.score(cut(failed * 100, 2), cut(failed, 4)));
    await expectObjectives(page, format, first);

    await press(frame.getByRole('button', { name: 'Try again' }).first(), (within) =>
      expect(frame.locator('.quiz-summary')).toHaveCount(0, within),
    );
    const askedAgain = await askedIn(frame, course);
    await answerAtOnce(courseFrame(page), askedAgain, () => true);
    await press(submit, (within) =>
      expect(frame.getByRole('heading', { name: /^Passed/ })).toBeFocused(within),
    );
    const passed = {
      ...record.status('completed', 'passed'),
      ...record.score('100', '1'),
      ...record.progress('1'),
    };
    await expectRecorded(page, passed);
    told.push(...askedAgain.map((item) => ({ item, right: true })));
    await expectInteractions(page, format, told);
    await expectObjectives(page, format, shares(course, askedAgain, askedAgain));

    await press(frame.getByRole('link', { name: 'Go to your result' }), (within) =>
      expect(frame.getByRole('heading', { name: 'You have completed this module' })).toBeVisible(within),
    );
    await expectRecorded(page, { [record.location]: 'result' });
    await leave(page);
    await page.getByRole('link', { name: `Resume: ${course.title}, ${title}` }).click();
    await expect(heading(frame)).toHaveText('Result and what to do next');
    await expect(frame.getByRole('heading', { name: 'You have completed this module' })).toBeVisible();
    await expectRecorded(page, passed);

    const refused = (await recorded(page)).calls.filter(
      ({ method, error }) => error !== '0' && !(method.endsWith('GetValue') && error === '403'),
    );
    expect(refused).toEqual([]);
  });
}

for (const { title } of editions satisfies readonly Edition[]) {
  test(`who resumes in mid-quiz finds the same questions, options and answers in ${title}`, async ({
    page,
    lms,
    course,
  }) => {
    test.setTimeout(180_000);
    const frame = page.frameLocator('iframe');
    const resume = async () => {
      await leave(page);
      await page.getByRole('link', { name: `Resume: ${course.title}, ${title}` }).click();
      await expect(heading(frame)).toHaveText('Quiz on the takeaways');
    };
    await page.goto(lms.address);
    await page.getByRole('link', { name: `Start: ${course.title}, ${title}` }).click();
    await expect(heading(frame)).toHaveText('Welcome');
    const link = frame.getByRole('link', { name: 'Quiz on the takeaways' }).first();
    await press(frame.getByRole('button', { name: 'Pages' }), (within) => expect(link).toBeVisible(within));
    await press(link, (within) => expect(heading(frame)).toHaveText('Quiz on the takeaways', within));
    const asked = await askedIn(frame, course);

    await answerAtOnce(courseFrame(page), asked.slice(0, 5), (item) => item !== asked[1]);
    const half = await seeAsked(frame);
    await resume();
    expect(await seeAsked(frame)).toEqual(half);
    await resume();
    expect(await seeAsked(frame)).toEqual(half);

    await answerAtOnce(courseFrame(page), asked.slice(5), () => true);
    await press(frame.getByRole('button', { name: 'Submit answers' }), (within) =>
      expect(frame.getByRole('heading', { name: /^Passed/ })).toBeFocused(within),
    );
    const submitted = await seeAsked(frame);
    await expectRecorded(page, { [`cmi.interactions.${asked.length - 1}.type`]: asked.at(-1)?.kind ?? '' });
    await resume();
    await expect(frame.getByRole('heading', { name: /^Passed/ })).toBeVisible();
    expect(await seeAsked(frame)).toEqual(submitted);

    await press(frame.getByRole('button', { name: 'Try again' }).first(), (within) =>
      expect(frame.locator('.quiz-summary')).toHaveCount(0, within),
    );
    const next = await seeAsked(frame);
    expect(next).not.toEqual(half.map((question) => ({ ...question, held: [] })));
    const ids = (await askedIn(frame, course)).map(({ id }) => id);
    expect(ids).not.toEqual(asked.map(({ id }) => id));
    await answerAtOnce(courseFrame(page), (await askedIn(frame, course)).slice(0, 1), () => true);
    const begun = await seeAsked(frame);
    await resume();
    expect(await seeAsked(frame)).toEqual(begun);
  });
}
