/** Questions as plain HTML: native controls, labels, and every feedback text, hidden until it is due. */
import type { Element } from 'hast';
import { h } from 'hastscript';
import type { AuthoredItem } from '../items/authored-item.ts';
import type { ItemKind } from '../items/items.ts';

interface ShownOption {
  /** Value of the control; for `choice` the option's id. */
  readonly value: string;
  readonly text: string;
  readonly feedback: string;
}

interface OptionsLook {
  readonly control: 'radio' | 'checkbox';
  readonly instruction: string;
  readonly options: readonly ShownOption[];
}

const looks = {
  choice: (item) => ({
    control: item.multiple ? 'checkbox' : 'radio',
    instruction: item.multiple ? 'Select every answer that is right.' : 'Select one answer.',
    options: item.options.map(({ id, text, feedback }) => ({ value: id, text, feedback })),
  }),
  'true-false': (item) => ({
    control: 'radio',
    instruction: 'Is this statement true or false?',
    options: [
      { value: 'true', text: 'True', feedback: item.feedback.true },
      { value: 'false', text: 'False', feedback: item.feedback.false },
    ],
  }),
} satisfies { [K in ItemKind]: (item: AuthoredItem & { kind: K }) => OptionsLook };

const lookOf = (item: AuthoredItem): OptionsLook =>
  item.kind === 'choice' ? looks.choice(item) : looks[item.kind](item);

/**
 * Renders a question as its custom element around a fieldset.
 *
 * @param number place in the quiz, from 1
 * @param count number of questions in the quiz
 */
function renderItem(item: AuthoredItem, number: number, count: number): Element {
  const { control, instruction, options } = lookOf(item);
  const instructionId = `${item.id}:instruction`;
  return h(`${item.kind}-item`, { dataItem: item.id }, [
    h('fieldset', { ariaDescribedBy: [instructionId, `${item.id}:outcome`] }, [
      h('legend', { tabIndex: -1 }, [
        h('span.question-number', `Question ${number} of ${count}`),
        h('span.prompt', item.prompt),
      ]),
      h('p.instruction', { id: instructionId }, instruction),
      ...options.map(({ value, text, feedback }) => {
        const id = `${item.id}:${value}`;
        return h('div.option', [
          h('input', { type: control, name: item.id, id, value }),
          h('label', { htmlFor: id }, [text, h('span.mark')]),
          h('p.feedback', { id: `${id}:feedback`, hidden: true }, feedback),
        ]);
      }),
      h('p.outcome', { id: `${item.id}:outcome`, hidden: true }),
    ]),
  ]);
}

/** Renders the quiz: a form of all questions. Without script it can be read and printed. */
export function renderQuiz(items: readonly AuthoredItem[]): Element {
  return h('quiz-runner', [
    // Firefox would restore controls on reload by itself, past the record of the attempt.
    h('form', { noValidate: true, autoComplete: 'off' }, [
      h(
        'ol.questions',
        items.map((item, index) => h('li', [renderItem(item, index + 1, items.length)])),
      ),
      h('p.quiz-message', { role: 'alert' }),
      h('p.quiz-actions', [
        h('button.primary', { type: 'submit' }, 'Submit answers'),
        h('button.try-again', { type: 'button', hidden: true }, 'Try again'),
      ]),
    ]),
  ]);
}
