/**
 * Questions as activities, and answers as their results (xAPI 1.0.3, Part 2, Appendix C: interaction types). In SCORM
 * 2004's separators, without its limits of length.
 */
import type { InteractionContent, Pairs } from '../../items/item.ts';
import { decimal } from '../numbers.ts';

/** An option as a definition lists it. Its text stands in the course's document and not in its data. */
export interface Component {
  readonly id: string;
}

/** The members of an activity's definition that are about its interaction. */
export interface InteractionDefinition {
  readonly interactionType: InteractionContent['type'];
  readonly correctResponsesPattern?: readonly string[];
  readonly choices?: readonly Component[];
  readonly scale?: readonly Component[];
  readonly source?: readonly Component[];
  readonly target?: readonly Component[];
}

const components = (ids: readonly string[]): Component[] => ids.map((id) => ({ id }));
const joined = (ids: readonly string[]): string => ids.join('[,]');
const matched = (pairs: Pairs): string => joined(pairs.map((pair) => pair.join('[.]')));

/** A number with at most four decimals: what a question of the kind `numeric` has. */
const number = (value: number): string => decimal(value, 4);

/** A written text. `[,]` would begin another one, and so would `{lang=en}` and its like begin a setting. */
const written = (text: string): string =>
  text.replaceAll('[,]', '[, ]').replace(/^\{(?=(lang|case_matters|order_matters)=)/, '(');

/** The learner's response (Appendix C, "Response formatting"). */
export function responseText(content: InteractionContent): string {
  switch (content.type) {
    case 'choice':
    case 'sequencing':
      return joined(content.response);
    case 'true-false':
      return String(content.response);
    case 'matching':
      return matched(content.response);
    case 'fill-in':
      return written(content.response);
    case 'numeric':
      return number(content.response);
    case 'likert':
      return content.response;
  }
}

/** What the definition of a question says of its interaction; no right response where none is wrong. */
export function interactionDefinition(content: InteractionContent): InteractionDefinition {
  const { type: interactionType } = content;
  switch (content.type) {
    case 'choice':
    case 'sequencing':
      return {
        interactionType,
        correctResponsesPattern: [joined(content.correct)],
        choices: components(content.options),
      };
    case 'true-false':
      return { interactionType, correctResponsesPattern: [String(content.correct)] };
    case 'matching':
      return {
        interactionType,
        correctResponsesPattern: [matched(content.correct)],
        source: components(content.sources),
        target: components(content.targets),
      };
    case 'fill-in':
      // Each of them is right. Case does not matter where nothing is said of it.
      return { interactionType, correctResponsesPattern: content.correct.map(written) };
    case 'numeric':
      return {
        interactionType,
        correctResponsesPattern: [`${number(content.correct.min)}[:]${number(content.correct.max)}`],
      };
    case 'likert':
      return { interactionType, scale: components(content.options) };
  }
}
