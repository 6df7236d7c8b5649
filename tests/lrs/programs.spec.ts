/** Each training program as cmi5, taken as its learners take it: told to the LMS by the program's own rule. */
import { enoughFor, programNames, programRules } from '../e2e/programs.ts';
import { expect, test } from './lrs-test.ts';

for (const program of programNames) {
  const { passMark } = programRules[program];

  test.describe(program, () => {
    test.use({ program });

    test('is completed by its own rule', async ({ launch, lrs }) => {
      const opened = await launch(passMark === null ? {} : { masteryScore: passMark / 100 });
      await opened.read();
      if (passMark !== null) {
        await opened.turnTo('quiz');
        const enough = enoughFor(passMark, (await opened.asked()).length);
        await opened.takeQuiz(enough - 1);
        await opened.expectLine(/^Saved/);
        await opened.expectVerbs('initialized');
        await opened.takeQuiz(enough);
      }
      const reached = passMark === null ? ['completed'] : ['completed', 'passed'];
      await opened.expectVerbs('initialized', ...reached);
      await opened.leave();
      await opened.expectVerbs('initialized', ...reached, 'terminated');
      lrs.expectEnded(opened.launch);
      const scores = lrs.statements.filter(({ statement }) => JSON.stringify(statement).includes('"raw"'));
      expect(scores).toHaveLength(passMark === null ? 0 : 1);
    });
  });
}
