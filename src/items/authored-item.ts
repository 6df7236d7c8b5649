/** Questions as their authors write them, with feedback. Build time only: none of this ships to the learner. */
import * as v from 'valibot';
import { choiceSchema } from './choice-schema.ts';
import { fillInSchema } from './fill-in-schema.ts';
import type { ItemBase, ItemOption, ItemRules } from './item.ts';
import type { Item, ItemKind } from './items.ts';
import { likertSchema } from './likert-schema.ts';
import { matchingSchema } from './matching-schema.ts';
import { numericSchema } from './numeric-schema.ts';
import { sequencingSchema } from './sequencing-schema.ts';
import { trueFalseSchema } from './true-false-schema.ts';

/** Schema of each kind as authors write it. */
export const itemSchema = v.variant('kind', [
  choiceSchema,
  trueFalseSchema,
  matchingSchema,
  sequencingSchema,
  fillInSchema,
  numericSchema,
  likertSchema,
]);

/** A question as its author wrote it, checked: the item with all that is said about its answers. */
export type AuthoredItem = v.InferOutput<typeof itemSchema>;

/** What an author need not write: the numbers come from the ledger, the rules from the quiz. */
export interface ItemDefaults {
  readonly number: number;
  /** The number of one of the question's options. */
  option(id: string): number;
  readonly rules: ItemRules;
  /** Points for a right answer where the question does not say. */
  readonly weight: number;
}

/** The rules of a question: its own, where it has some. */
function rulesOf(
  authored: AuthoredItem,
  { rules, weight }: ItemDefaults,
): { weight: number; rules: ItemRules } {
  if (authored.kind === 'likert') return { weight: 0, rules: { ...rules, attempts: null, shuffle: false } };
  const { attempts = rules.attempts } = authored;
  return {
    weight: authored.weight ?? weight,
    rules: {
      credit: authored.credit ?? rules.credit,
      solution: authored.solution ?? rules.solution,
      attempts: attempts === 'unlimited' ? null : attempts,
      shuffle: 'shuffle' in authored && authored.shuffle !== undefined ? authored.shuffle : rules.shuffle,
      section: authored.section ?? rules.section,
    },
  };
}

/** What the items of all kinds have, and how options get their numbers. */
interface Common {
  readonly shared: ItemBase;
  numbered(options: readonly { readonly id: string }[]): ItemOption[];
}

const items = {
  choice: ({ multiple, options }, { shared, numbered }) => ({
    ...shared,
    kind: 'choice',
    multiple,
    options: numbered(options).map((option, index) => ({
      ...option,
      correct: options[index]?.correct === true,
    })),
  }),
  'true-false': ({ answer }, { shared }) => ({ ...shared, kind: 'true-false', answer }),
  matching: ({ pairs, targets }, { shared, numbered }) => ({
    ...shared,
    kind: 'matching',
    pairs: numbered(pairs).map((pair, index) => ({ ...pair, target: pairs[index]?.target ?? '' })),
    targets: numbered(targets),
  }),
  sequencing: ({ options }, { shared, numbered }) => ({
    ...shared,
    kind: 'sequencing',
    options: numbered(options),
  }),
  'fill-in': ({ accepted }, { shared }) => ({ ...shared, kind: 'fill-in', accepted }),
  numeric: ({ answer, range: [min, max] = [answer, answer] }, { shared }) => ({
    ...shared,
    kind: 'numeric',
    answer,
    min,
    max,
  }),
  likert: ({ options }, { shared, numbered }) => ({ ...shared, kind: 'likert', options: numbered(options) }),
} satisfies {
  [K in ItemKind]: (authored: Extract<AuthoredItem, { kind: K }>, common: Common) => Item & { kind: K };
};

/** Returns the item with its numbers and rules, and without what only the document shows (texts and feedback). */
export function toItem(authored: AuthoredItem, defaults: ItemDefaults): Item {
  const { id, takeaway, prompt } = authored;
  const common: Common = {
    shared: { id, number: defaults.number, takeaway, prompt, ...rulesOf(authored, defaults) },
    numbered: (options) => options.map(({ id }) => ({ id, number: defaults.option(id) })),
  };
  return (items[authored.kind] as (authored: AuthoredItem, common: Common) => Item)(authored, common);
}
