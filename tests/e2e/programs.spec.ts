/** Each training program in each format, taken as its learners take it: with the status that the program's rule demands. */
import { recordName } from '../../src/model/course.ts';
import { type bothEditions, expect, fault } from '../faults/fault-test.ts';
import type { OpenCourse } from '../faults/open-course.ts';
import { unpackedPackage } from '../fixtures/built-packages.ts';
import { serveFolder } from '../fixtures/static-server.ts';
import { askedIn } from './answering.ts';
import { answerAtOnce, heading, press, readToEnd } from './course-test.ts';
import { enoughFor, programNames, programRules, readProgram } from './programs.ts';

const formats = {
  scorm12: { title: 'SCORM 1.2', edition: '1.2' },
  'scorm2004-3rd': { title: 'SCORM 2004 3rd Edition', edition: '2004' },
  scorm2004: { title: 'SCORM 2004 4th Edition', edition: '2004' },
} as const satisfies Record<string, { title: string; edition: (typeof bothEditions)[number] }>;

/** Takes the quiz with one wrong answer more than the pass mark allows, then with as few right ones as it asks. */
async function takeQuizTwice(opened: OpenCourse, passMark: number): Promise<void> {
  await opened.turnTo('quiz');
  const { length } = await opened.asked();
  const enough = enoughFor(passMark, length);
  await opened.takeQuiz(enough - 1);
  await opened.expectRecord({ completion: 'incomplete', success: 'failed' });
  const again = opened.place.getByRole('button', { name: 'Try again' }).first();
  const summary = opened.place.locator('.quiz-summary h2');
  await press(again, (within) => expect(summary).toBeHidden(within));
  await opened.takeQuiz(enough);
}

for (const program of programNames) {
  const { passMark } = programRules[program];

  for (const [format, { title, edition }] of Object.entries(formats)) {
    fault(`${program} as ${title} is completed by its own rule`, async ({ launch }) => {
      const opened = await launch({
        edition,
        package: `${program}/${format}`,
        course: await readProgram(program),
      });
      await opened.read();
      if (passMark === null) {
        await opened.expectRecord({ completion: 'completed', success: 'unknown' });
        await opened.expectKept({ [opened.names.raw]: undefined });
        return;
      }
      await takeQuizTwice(opened, passMark);
      await opened.expectRecord({ completion: 'completed', success: 'passed' });
    });
  }

  fault(`${program} without an LMS is completed by its own rule`, async ({ page }) => {
    const course = await readProgram(program);
    const server = await serveFolder(unpackedPackage(program, 'web'));
    await page.goto(`http://127.0.0.1:${server.port}/index.html`);
    const kept = async () => {
      const text = await page.evaluate((key) => localStorage.getItem(key), `course:${recordName(course)}`);
      const { completion, success }: Record<string, unknown> = JSON.parse(text ?? '{}');
      return { completion, success };
    };
    for (const { kind, title } of course.pages) {
      await expect(heading(page)).toHaveText(title);
      if (kind === 'quiz') {
        await answerAtOnce(page, await askedIn(page, course), () => true);
        const submit = page.getByRole('button', { name: 'Submit answers' });
        await press(submit, (within) => expect(page.locator('.quiz-summary h2')).toBeVisible(within));
      }
      await readToEnd(page);
      const next = page.getByRole('link', { name: /^Next/ });
      if (title !== course.pages.at(-1)?.title) await next.click();
    }
    await expect
      .poll(kept)
      .toEqual({ completion: 'completed', success: passMark === null ? 'unknown' : 'passed' });
    await server.stop();
  });
}
