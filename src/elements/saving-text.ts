/** What is said about saving. Plain words, short sentences: many learners read English as a second language. */
import type { Saving } from './services.ts';

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });

/** The line while all is well. */
export function lineText({ keeper, state, savedAt }: Saving): string {
  if (state === 'off') return 'Review: nothing is recorded';
  if (state === 'saving') return 'Saving…';
  if (savedAt !== null) return `Saved ${clock.format(savedAt)}`;
  return keeper === 'device' ? 'Kept on this device' : 'Connected';
}

/** Where a result that has been reached is by now. */
export function resultText({ keeper, state }: Saving): string {
  if (state === 'off') return 'You may close this window now or read on.';
  if (keeper === 'memory') return 'Your result is not recorded: this browser stores nothing.';
  if (state === 'unsaved') return 'Your result is not recorded yet: see the line at the top.';
  if (state === 'saving') return 'Your result is being recorded.';
  return 'Your result is recorded. You may close this window now or read on.';
}

const unsaved = {
  none: 'Not being saved.',
  device: 'Not being saved. Kept on this device.',
  memory: 'Not being saved. Keep this page open.',
} satisfies Record<Saving['outstanding'], string>;

/** The line while something is wrong. */
export const troubleText = ({ keeper, outstanding }: Saving): string =>
  keeper === 'memory' ? 'Not kept: this browser stores nothing' : unsaved[outstanding];

/** The line when it has taken everything after all. */
export const savedAgain = ({ savedAt }: Saving): string =>
  `Saved again${savedAt === null ? '' : ` ${clock.format(savedAt)}`}`;

/**
 * What the trouble means, and what the learner can do.
 *
 * @param hasQuiz whether the course has one
 */
export function troubleAdvice({ keeper, outstanding }: Saving, hasQuiz: boolean): readonly string[] {
  if (keeper === 'memory') {
    const can = hasQuiz ? 'You can read everything and take the quiz.' : 'You can read everything.';
    return [
      `${can} Your progress is lost when you close this page.`,
      'To keep it, open the course in a window that is not private.',
    ];
  }
  return [
    'Your learning platform does not take your progress at this moment.',
    'Go on reading and answering. We try again by ourselves.',
    outstanding === 'memory'
      ? 'Keep this page open until it is saved. If you close it before, what is missing is lost.'
      : 'If you close the page, open the module again on this device, in this browser: what is missing is then sent.',
  ];
}

/** The line's second sentence, where the course is open twice. */
export const elsewhereText = 'Also open in another tab.';

/** What that means. Not said where it would be false: what only memory holds cannot be put together. */
export const elsewhereAdvice = ({ outstanding }: Saving): string =>
  outstanding === 'memory' ? '' : 'What you do in both is put together: nothing is lost.';

/** What stands in place of the course after the session. */
export interface EndText {
  readonly heading: string;
  readonly paragraphs: readonly string[];
}

const mayClose = 'You may close this page now.';

/**
 * How the session has ended.
 *
 * @param review whether nothing was recorded in it
 */
export function endText({ keeper, outstanding }: Saving, review: boolean): EndText {
  const platform = keeper === 'lms' ? ' from your learning platform' : '';
  if (review) return { heading: 'This session has ended', paragraphs: [`Nothing was recorded. ${mayClose}`] };
  if (keeper === 'memory' || outstanding === 'memory') {
    return {
      heading: 'Not everything could be saved',
      paragraphs: [
        'What you did last was not saved, and this browser could not keep it.',
        `Open the module again${platform}. The list of pages shows what is saved. Please do again what is missing.`,
        'If this happens again, tell the people who help you with your learning platform.',
      ],
    };
  }
  if (outstanding === 'device') {
    return {
      heading: 'Not everything could be sent',
      paragraphs: [
        `It is kept on this device. Open the module again${platform}, on this device and in this browser: what is missing is then sent.`,
        mayClose,
      ],
    };
  }
  return {
    heading: 'Your progress is saved',
    paragraphs: [mayClose, `To go on, open the module again${platform}.`],
  };
}
