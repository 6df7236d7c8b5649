/** The whole course inside an LMS, in both editions: read, failed, left, resumed, passed, left, resumed. */
import {
  answer,
  type Edition,
  editions,
  expect,
  expectRecorded,
  heading,
  openPage,
  press,
  readToEnd,
  recorded,
  test,
} from './course-test.ts';

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

for (const { title, format } of editions satisfies readonly Edition[]) {
  test(`the whole course is taken and tracked in ${title}`, async ({ page, lms, course }) => {
    test.setTimeout(180_000);
    const record = records[format];
    const frame = page.frameLocator('iframe');
    const lessons = course.pages.filter(({ kind }) => kind === 'lesson');
    const steps = lessons.length + 1;

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
      await readToEnd(frame);
      await expect(frame.getByText(`${Math.floor((100 * (index + 1)) / steps)}%`)).toBeVisible();
      await expectRecorded(page, {
        [record.location]: lesson.id,
        ...record.status('incomplete', 'unknown'),
        ...record.progress(cut((index + 1) / steps, 4)),
      });
      await frame.getByRole('link', { name: /^Next/ }).click();
      await expect(heading(frame)).toBeFocused();
    }

    await expect(heading(frame)).toHaveText('Quiz on the takeaways');
    await expectRecorded(page, { [record.location]: 'quiz' });
    const rightOnes = course.items.slice(0, 3);
    await answer(frame, course.items, (item) => rightOnes.includes(item));
    const submit = frame.getByRole('button', { name: 'Submit answers' });
    const seen = { timeout: 2000 };
    await press(submit, () =>
      expect(frame.getByRole('heading', { name: /^Not passed yet/ })).toBeFocused(seen),
    );
    const failed = rightOnes.length / course.items.length;
    await expectRecorded(page, {
      ...record.status('incomplete', 'failed'),
      ...record.score(cut(failed * 100, 2), cut(failed, 4)),
    });
    for (const [index, item] of course.items.entries()) {
      await expectRecorded(page, {
        [`cmi.interactions.${index}.id`]: item.id,
        [`cmi.interactions.${index}.type`]: item.kind,
        [`cmi.interactions.${index}.result`]: rightOnes.includes(item) ? 'correct' : record.wrong,
        [`cmi.interactions.${index}.objectives.0.id`]: item.takeaway,
      });
    }
    expect((await recorded(page)).data[record.time]).toMatch(/[1-9]/);

    await page.getByRole('button', { name: 'Leave' }).click();
    await expect(page.getByRole('heading', { name: 'Try your packages' })).toBeVisible();
    await lms.restart();
    await page.goto(lms.address);
    await page.getByRole('link', { name: `Resume: ${course.title}, ${title}` }).click();
    await expect(heading(frame)).toHaveText('Quiz on the takeaways');
    await expect(frame.getByRole('heading', { name: /^Not passed yet/ })).toBeVisible();
    await expectRecorded(page, record.score(cut(failed * 100, 2), cut(failed, 4)));

    await press(frame.getByRole('button', { name: 'Try again' }).first(), () =>
      expect(openPage(frame).locator('input:checked')).toHaveCount(0, seen),
    );
    await answer(frame, course.items, () => true);
    await press(submit, () => expect(frame.getByRole('heading', { name: /^Passed/ })).toBeFocused(seen));
    const passed = {
      ...record.status('completed', 'passed'),
      ...record.score('100', '1'),
      ...record.progress('1'),
    };
    await expectRecorded(page, {
      ...passed,
      [`cmi.interactions.${course.items.length}.id`]: course.items[0]?.id ?? '',
      [`cmi.interactions.${2 * course.items.length - 1}.result`]: 'correct',
    });

    await frame.getByRole('link', { name: 'Go to your result' }).click();
    await expect(frame.getByRole('heading', { name: 'You have completed this module' })).toBeVisible();
    await expectRecorded(page, { [record.location]: 'result' });
    await page.getByRole('button', { name: 'Leave' }).click();
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

test('an answer that was not submitted is there after leaving', async ({ page, lms, course }) => {
  const frame = page.frameLocator('iframe');
  await page.goto(lms.address);
  await page.getByRole('link', { name: `Start: ${course.title}, SCORM 1.2` }).click();
  await frame.getByRole('button', { name: 'Pages' }).click();
  await frame.getByRole('link', { name: 'Quiz on the takeaways' }).click();
  await answer(frame, course.items.slice(0, 2), () => true);
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('link', { name: `Resume: ${course.title}, SCORM 1.2` }).click();
  await expect(heading(frame)).toHaveText('Quiz on the takeaways');
  for (const { id } of course.items.slice(0, 2)) {
    await expect(frame.locator(`[data-item="${id}"] input:checked`)).not.toHaveCount(0);
  }
  await expect(frame.getByRole('button', { name: 'Submit answers' })).toBeVisible();
});
