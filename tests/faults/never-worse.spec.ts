/** Never worse: what the LMS has is not lowered, and where nothing counts nothing is written. */
import { bothEditions, expect, fault } from './fault-test.ts';
import { elementNames } from './open-course.ts';

for (const edition of bothEditions) {
  const { mode, credit, raw } = elementNames[edition];
  const passed =
    edition === '1.2'
      ? { 'cmi.core.lesson_status': 'passed', [raw]: '90' }
      : {
          'cmi.completion_status': 'completed',
          'cmi.success_status': 'passed',
          [raw]: '90',
          'cmi.score.scaled': '0.9',
        };

  for (const values of [{ [mode]: 'review' }, { [mode]: 'browse' }, { [credit]: 'no-credit' }]) {
    fault(`${edition}: nothing is written where it says ${Object.entries(values)}`, async ({ launch }) => {
      const course = await launch({ edition, values });
      await course.takeQuiz();
      await course.expectLine(/nothing is recorded/i);
      expect(await course.stored()).toEqual({});
      await course.leave('frame removed');
      await course.expectCalls('Terminate', 1);
      expect((await course.log()).filter((line) => /SetValue|Commit/.test(line))).toEqual([]);
    });
  }

  fault(
    `${edition}: a pass and its score stay, though the state is lost and the quiz is failed`,
    async ({ launch }) => {
      const course = await launch({ edition, values: passed });
      await course.takeQuiz(2);
      await course.expectLine(/^Saved/);
      await course.expectKept(passed);
    },
  );

  fault(`${edition}: a pass stays when a commit fails and all is told again`, async ({ launch, weather }) => {
    const course = await launch({ edition, values: passed });
    weather({ commits: 'down' });
    await course.takeQuiz(2);
    await course.expectLine(/Not being saved/);
    weather();
    await course.expectLine(/^Saved again/);
    expect(Number(course.kept[raw])).toBe(90);
    await course.expectRecord({ completion: 'completed', success: 'passed' });
  });

  fault(
    `${edition}: score comes before status, status before time, time before commit`,
    async ({ launch }) => {
      const course = await launch({ edition });
      await course.read();
      await course.takeQuiz();
      await course.expectRecord({ completion: 'completed', success: 'passed' });
      const score = raw.slice(0, -'.raw'.length);
      const order = [
        `${score}.min`,
        `${score}.max`,
        `${score}.raw`,
        ...(edition === '1.2' ? ['cmi.core.lesson_status'] : ['cmi.score.scaled', 'cmi.success_status']),
        course.names.sessionTime,
        'Commit',
      ];
      const log = (await course.log()).join('\n');
      const from = log.indexOf(`${score}.min`);
      const places = order.map((name) => log.indexOf(name, from));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(places).not.toContain(-1);
    },
  );
}

fault('1.2: the passing score of the LMS wins: 90 %', async ({ launch }) => {
  const course = await launch({ edition: '1.2', values: { 'cmi.student_data.mastery_score': '90' } });
  await course.read();
  await course.takeQuiz(8);
  await course.expectText(/You need 90%/);
  await course.expectRecord({ completion: 'incomplete', raw: '88.88' });
});

fault('2004: the passing score of the LMS wins: 0.5', async ({ launch }) => {
  const course = await launch({ edition: '2004', values: { 'cmi.scaled_passing_score': '0.5' } });
  await course.read();
  await course.takeQuiz(5);
  await course.expectRecord({ completion: 'completed', success: 'passed', raw: '55.55' });
});

fault('1.2: rounding does not lift a score over the passing score', async ({ launch }) => {
  // Eight of nine are 88.888… %.
  const course = await launch({ edition: '1.2', values: { 'cmi.student_data.mastery_score': '88.89' } });
  await course.read();
  await course.takeQuiz(8);
  await course.expectRecord({ completion: 'incomplete', raw: '88.88' });
});

fault('1.2: an LMS that judges by itself at the end comes to the same', async ({ launch }) => {
  const values = { 'cmi.student_data.mastery_score': '80' };
  const course = await launch({ edition: '1.2', values, faults: { overrides: true } });
  await course.read();
  await course.takeQuiz(8);
  await course.saveAndExit();
  await course.expectText('Your progress is saved');
  await course.expectRecord({ completion: 'completed', success: 'passed' });
});

const lacking = {
  interactions: ['cmi.interactions'],
  'a bookmark': ['cmi.core.lesson_location', 'cmi.location'],
  'a least and a highest score': [
    'cmi.core.score.min',
    'cmi.core.score.max',
    'cmi.score.min',
    'cmi.score.max',
  ],
  'a measure of progress': ['cmi.progress_measure'],
  'a time of the session': ['cmi.core.session_time', 'cmi.session_time'],
};
for (const [index, [what, lacks]] of Object.entries(lacking).entries()) {
  const edition = index % 2 === 0 ? '2004' : '1.2';
  fault(
    `${edition}: the LMS has not ${what}: the result is recorded all the same`,
    async ({ launch, allow }) => {
      allow({ violations: /an element of the data model/ });
      const course = await launch({ edition, faults: { lacks } });
      await course.read();
      await course.takeQuiz();
      await course.expectLine(/^Saved/);
      await course.expectRecord({ completion: 'completed', success: 'passed', raw: '100' });
    },
  );
}

fault('2004: the LMS has room for three interactions only', async ({ launch }) => {
  const course = await launch({ edition: '2004', faults: { limits: { 'cmi.interactions': 3 } } });
  await course.read();
  await course.takeQuiz();
  await course.expectLine(/^Saved/);
  await course.expectRecord({ completion: 'completed', success: 'passed' });
  await course.expectKept({ 'cmi.interactions.2.id': /./ });
});
