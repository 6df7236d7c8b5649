/** Questions as their authors write them, with feedback. Build time only: none of this ships to the learner. */
import * as v from 'valibot';
import { choiceSchema } from './choice-schema.ts';
import type { Item } from './items.ts';
import { trueFalseSchema } from './true-false-schema.ts';

/** Schema of each kind as authors write it. */
export const itemSchema = v.variant('kind', [choiceSchema, trueFalseSchema]);

/** A question as its author wrote it, checked: the item with a feedback for every answer. */
export type AuthoredItem = v.InferOutput<typeof itemSchema>;

/** Where an item's numbers come from: authors do not write them. */
export interface ItemNumbers {
  readonly question: number;
  /** The number of one of the question's options. */
  option(id: string): number;
}

/** Returns the item with its numbers, and without what only the document shows (its feedback). */
export function toItem(authored: AuthoredItem, numbers: ItemNumbers): Item {
  const { id, takeaway, prompt, weight } = authored;
  const shared = { id, number: numbers.question, takeaway, prompt, weight };
  switch (authored.kind) {
    case 'choice': {
      const options = authored.options.map(({ id, text, correct }) => ({
        id,
        number: numbers.option(id),
        text,
        correct,
      }));
      return { ...shared, kind: 'choice', multiple: authored.multiple, options };
    }
    case 'true-false':
      return { ...shared, kind: 'true-false', answer: authored.answer };
  }
}
