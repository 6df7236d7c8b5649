/**
 * Questions as plain HTML: native controls, labels, and every feedback text, hidden until it is due. No order in which
 * options stand here gives an answer away; the order of a try is made by the elements.
 */
import type { Element, Properties, Text } from 'hast';
import { h } from 'hastscript';
import type { AuthoredItem } from '../items/authored-item.ts';
import { longestFillIn } from '../items/fill-in.ts';
import type { ItemKind } from '../items/items.ts';
import { own } from './language.ts';

/** What of a question differs from kind to kind. */
interface ItemLook {
  /** What to do, in a few words. */
  readonly instruction: string;
  readonly body: readonly Element[];
  /** What is said of an answer as a whole, by the outcome. */
  readonly said?: Readonly<Record<string, string | undefined>> | undefined;
}

interface ShownOption {
  /** Value of the control: the option's id. */
  readonly value: string;
  readonly text: string | Text;
  readonly feedback?: string;
}

const feedbackOf = (feedback: string): Element => h('p.feedback', { hidden: true }, feedback);

const optionsOf = (
  item: AuthoredItem,
  control: 'radio' | 'checkbox',
  options: readonly ShownOption[],
): Element[] =>
  options.map(({ value, text, feedback }) => {
    const id = `${item.id}:${value}`;
    return h('div.option', { dataValue: value }, [
      h('input', { type: control, name: item.id, id, value, autoComplete: 'off' }),
      h('label', { htmlFor: id }, [text, h('span.mark')]),
      ...(feedback === undefined ? [] : [feedbackOf(feedback)]),
    ]);
  });

const byText = <T extends { readonly text: string }>(options: readonly T[]): T[] =>
  options.toSorted((a, b) => a.text.localeCompare(b.text, 'en'));

/** Steps in an order that is not the right one. */
function neutralOrder<T extends { readonly text: string }>(steps: readonly T[]): T[] {
  const sorted = byText(steps);
  return sorted.every((step, index) => step === steps[index]) ? sorted.reverse() : sorted;
}

/** A field for a text, with words behind it. */
const fieldOf = ({ id: item }: AuthoredItem, attributes: Properties, unit?: string): Element => {
  const id = `${item}:field`;
  return h('div.field', [
    h('label', { htmlFor: id }, own('Your answer')),
    h('span.with-unit', [
      h('input', { type: 'text', id, dir: 'auto', autoComplete: 'off', ...attributes }),
      ...(unit === undefined ? [] : [h('span.unit', unit)]),
    ]),
    h('span.mark'),
  ]);
};

const isNegative = ({
  answer,
  range: [least] = [answer, answer],
}: AuthoredItem & { kind: 'numeric' }): boolean => least < 0;

const looks = {
  choice: (item) => ({
    instruction: item.multiple ? 'Select every answer that is right.' : 'Select one answer.',
    body: optionsOf(
      item,
      item.multiple ? 'checkbox' : 'radio',
      item.options.map(({ id, text, feedback }) => ({ value: id, text, feedback })),
    ),
    said: item.feedback,
  }),
  'true-false': (item) => ({
    instruction: 'Is this statement true or false?',
    body: optionsOf(item, 'radio', [
      { value: 'true', text: own('True'), feedback: item.feedback.true },
      { value: 'false', text: own('False'), feedback: item.feedback.false },
    ]),
  }),
  matching: (item) => ({
    instruction: 'Choose what fits from each list.',
    body: [
      ...item.pairs.map(({ id: value, text, feedback }) => {
        const id = `${item.id}:${value}`;
        return h('div.pair', { dataValue: value }, [
          h('label', { htmlFor: id }, text),
          h('select', { id, autoComplete: 'off' }, [
            h('option', { value: '' }, own('Choose…')),
            ...byText(item.targets).map((target) => h('option', { value: target.id }, target.text)),
          ]),
          // A list that is closed cuts a long text.
          h('p.chosen', { ariaHidden: 'true' }),
          h('p.mark'),
          feedbackOf(feedback),
        ]);
      }),
      ...item.targets.flatMap(({ id, feedback }) =>
        feedback === undefined ? [] : [h('p.spare', { dataValue: id, hidden: true }, feedback)],
      ),
    ],
    said: item.feedback,
  }),
  sequencing: (item) => ({
    instruction: 'Move each one to its place, first to last.',
    body: [
      h(
        'ol.steps',
        { role: 'list' },
        neutralOrder(item.options).map(({ id, text, feedback }) =>
          h('li.step', { dataValue: id }, [
            h('span.step-text', text),
            h('span.moves', [
              h('button.up', { type: 'button', ariaLabel: `Move up: ${text}` }, '↑'),
              h('button.down', { type: 'button', ariaLabel: `Move down: ${text}` }, '↓'),
            ]),
            h('span.mark'),
            feedbackOf(feedback),
          ]),
        ),
      ),
      h('p.moved', { role: 'status' }),
    ],
    said: item.feedback,
  }),
  'fill-in': (item) => ({
    instruction: 'Write a word or a few. Capitals and accents do not matter.',
    body: [fieldOf(item, { maxLength: longestFillIn, autoCapitalize: 'off', spellCheck: 'false' })],
    said: item.feedback,
  }),
  numeric: (item) => ({
    instruction: 'Write a number.',
    // Keypads for decimals have no minus on some phones.
    body: [fieldOf(item, { maxLength: 20, inputMode: isNegative(item) ? 'text' : 'decimal' }, item.unit)],
    said: item.feedback,
  }),
  likert: (item) => ({
    instruction: 'No answer is right or wrong.',
    body: optionsOf(
      item,
      'radio',
      item.options.map(({ id, text }) => ({ value: id, text })),
    ),
    said: { noted: item.feedback },
  }),
} satisfies { [K in ItemKind]: (item: AuthoredItem & { kind: K }) => ItemLook };

const lookOf = (item: AuthoredItem): ItemLook => (looks[item.kind] as (item: AuthoredItem) => ItemLook)(item);

/**
 * Renders a question as its custom element around a fieldset.
 *
 * @param heading words above the question
 * @param button words on the button by which it is judged at once; undefined where it is judged with the quiz
 */
function renderItem(
  item: AuthoredItem,
  heading: string,
  button: string | undefined,
  className?: string,
): Element {
  const { instruction, body, said = {} } = lookOf(item);
  const instructionId = `${item.id}:instruction`;
  return h(`${item.kind}-item`, { className, dataItem: item.id }, [
    h('fieldset', { ariaDescribedBy: [instructionId, `${item.id}:outcome`] }, [
      h('legend', { tabIndex: -1 }, [h('span.question-number', own(heading)), h('span.prompt', item.prompt)]),
      h('p.instruction', { id: instructionId }, own(instruction)),
      ...body,
      ...Object.entries(said).flatMap(([outcome, text]) =>
        text === undefined ? [] : [h('p.said', { dataOutcome: outcome, hidden: true }, text)],
      ),
      ...(button === undefined ? [] : [h('p.judge', [h('button', { type: 'button' }, own(button))])]),
      h('p.outcome', { id: `${item.id}:outcome` }),
    ]),
  ]);
}

/** Renders a question inside a lesson. */
export function renderCheck(item: AuthoredItem): Element {
  return item.kind === 'likert'
    ? renderItem(item, 'Your view', 'Send answer', 'check')
    : renderItem(item, 'Check yourself', 'Check answer', 'check');
}

/**
 * Renders the quiz: a form of all questions. Without script it can be read and printed.
 *
 * @param judgedAtOnce ids of the questions that are judged by themselves
 */
export function renderQuiz(items: readonly AuthoredItem[], judgedAtOnce: ReadonlySet<string>): Element {
  return h('quiz-runner', [
    // Firefox would restore controls on reload by itself, past the record of the attempt.
    h('form', { noValidate: true, autoComplete: 'off' }, [
      h(
        'ol.questions',
        { role: 'list' },
        items.map((item, index) => {
          const button = judgedAtOnce.has(item.id) ? 'Check answer' : undefined;
          return h('li', [renderItem(item, `Question ${index + 1} of ${items.length}`, button)]);
        }),
      ),
      h('p.quiz-message', { role: 'alert' }),
      h('p.quiz-actions', [
        h('button.primary', { type: 'submit' }, own('Submit answers')),
        h('button.try-again', { type: 'button', hidden: true }, own('Try again')),
      ]),
    ]),
  ]);
}
