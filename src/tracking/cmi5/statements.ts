/**
 * Statements (cmi5 9, xAPI 1.0.3 Part 2). A {@link Draft} is what one has to say; who says it and in what context is
 * added when it is sent, so that drafts can be kept on the device without any name.
 */
import { type Course, partIri } from '../../model/course.ts';
import { decimal } from '../numbers.ts';
import type { Interaction } from '../session.ts';
import { interactionDefinition, responseText } from './interaction-activity.ts';
import { isObject, type JsonObject } from './json.ts';
import type { LaunchData, LaunchParameters } from './launch-data.ts';

const adl = 'http://adlnet.gov/expapi';
const cmi5 = 'https://w3id.org/xapi/cmi5';

/** The verbs that are used, each with its id (cmi5 9.3; `answered` and `progressed`: ADL's vocabulary). */
export const verbs = {
  initialized: `${adl}/verbs/initialized`,
  completed: `${adl}/verbs/completed`,
  passed: `${adl}/verbs/passed`,
  failed: `${adl}/verbs/failed`,
  terminated: `${adl}/verbs/terminated`,
  answered: `${adl}/verbs/answered`,
  progressed: `${adl}/verbs/progressed`,
} as const;

export type Verb = keyof typeof verbs;

/** Whether cmi5 defines what the statement means. Others are "cmi5 allowed" (cmi5 7.1.3). */
export const isDefined = (verb: Verb): boolean => verb !== 'answered' && verb !== 'progressed';

/** What a statement says. */
export interface Draft {
  readonly id: string;
  readonly verb: Verb;
  /** UTC (cmi5 9.7). */
  readonly timestamp: string;
  readonly result?: JsonObject;
  /** The activity, where it is not the course. */
  readonly object?: JsonObject;
  /** Parents of that activity. */
  readonly parent?: readonly JsonObject[];
}

/** ISO 8601 with at most two decimals: finer ones an LRS may ignore (xAPI 1.0.3, Part 2, 4.6). */
export const duration = (milliseconds: number): string =>
  `PT${decimal(Math.max(0, milliseconds) / 1000, 2)}S`;

export const timestamp = (at: number): string => new Date(at).toISOString();

/**
 * A score, as far as it agrees with the verb: `passed` needs the mastery score, `failed` less (cmi5 9.3.4, 9.3.5,
 * 9.5.1). One that does not is left out, for the verb may well be right: the course may count the last try, and was
 * passed in an earlier one. `raw` is a whole number (cmi5 9.5.1).
 *
 * @param scaled 0 to 1
 */
export function scoreResult(passed: boolean, scaled: number | null, masteryScore: number | null): JsonObject {
  // Cut to what a mastery score can have of decimals.
  const exact = scaled === null ? null : Number(decimal(scaled, 4));
  const agrees = exact !== null && (masteryScore === null || exact >= masteryScore === passed);
  if (!agrees) return {};
  return { score: { scaled: exact, raw: Math.floor(exact * 100 + 1e-7), min: 0, max: 100 } };
}

/** Names a takeaway: the id of the objective in the course structure. */
export const objectiveIri = (iri: string, id: string): string => partIri({ iri }, id);

/** What is needed to say what was answered. */
export interface AnswerContext {
  readonly activityId: string;
  readonly course: Pick<Course, 'iri' | 'language'>;
}

/**
 * What an `answered` statement says of an answer. The takeaways are parents of the question, each by the id that the course
 * structure gives it as an objective, and so is the course, by which an LRS finds the answers (the cmi5 project's best
 * practices, "Use of Objectives").
 *
 * The question is named by the course's IRI and not, as those practices propose, by the id that the LMS has made for the
 * activity: the same question is the same activity then in every LMS, and in every program of the course.
 */
export function answerOf(
  { activityId, course }: AnswerContext,
  interaction: Interaction,
): Pick<Draft, 'object' | 'parent' | 'result'> {
  const { id, objectives, content, description, result, latency } = interaction;
  const text = { [course.language]: description };
  const scaled = result === 'correct' ? 1 : result === 'incorrect' ? 0 : result;
  return {
    object: {
      objectType: 'Activity',
      id: partIri(course, `question/${id}`),
      definition: {
        type: `${adl}/activities/cmi.interaction`,
        name: text,
        description: text,
        ...interactionDefinition(content),
      },
    },
    parent: [
      { objectType: 'Activity', id: activityId },
      ...objectives.map((objective) => ({
        objectType: 'Activity',
        id: objectiveIri(course.iri, objective),
        definition: { type: `${adl}/activities/objective` },
      })),
    ],
    result: {
      response: responseText(content),
      duration: duration(latency),
      ...(scaled === 'neutral'
        ? {}
        : { success: scaled === 1, score: { scaled: Number(decimal(scaled, 4)) } }),
    },
  };
}

/** Extension of a result with the percentage that is done (cmi5 9.5.5.1). */
export const progressExtension = `${cmi5}/result/extensions/progress`;

/** A list of a context's activities: older LMSs give a single one as it is (xAPI 1.0.3, Part 2, 2.4.6.2). */
const listed = (value: unknown): JsonObject[] => [value].flat().filter(isObject);

/** `activities` without those that the template has. */
function joinedLists(template: unknown, activities: readonly JsonObject[]): readonly JsonObject[] {
  const given = listed(template);
  return [...given, ...activities.filter(({ id }) => !given.some((other) => other['id'] === id))];
}

/**
 * The whole statement, as it is sent.
 *
 * The context is the LMS's template with what is to be added; nothing in it is overwritten (cmi5 10.2.1).
 */
export function statementOf(
  draft: Draft,
  { actor, registration, activityId }: LaunchParameters,
  { contextTemplate, masteryScore }: LaunchData,
): JsonObject {
  const { id, verb, timestamp, result, object, parent = [] } = draft;
  const { contextActivities, extensions } = contextTemplate;
  const activities = isObject(contextActivities) ? contextActivities : {};
  // cmi5 9.6.2.1: statements that cmi5 defines. 9.6.2.2: those of them that speak of completion or success.
  const categories = [
    ...(isDefined(verb) ? [`${cmi5}/context/categories/cmi5`] : []),
    ...(verb === 'completed' || verb === 'passed' || verb === 'failed'
      ? [`${cmi5}/context/categories/moveon`]
      : []),
  ].map((category) => ({ objectType: 'Activity', id: category }));
  const category = joinedLists(activities['category'], categories);
  const parents = joinedLists(activities['parent'], parent);
  const judged = (verb === 'passed' || verb === 'failed') && masteryScore !== null;
  return {
    id,
    actor,
    verb: { id: verbs[verb], display: { en: verb } },
    object: object ?? { objectType: 'Activity', id: activityId },
    ...(result ? { result } : {}),
    context: {
      registration,
      ...contextTemplate,
      contextActivities: {
        ...activities,
        ...(category.length > 0 ? { category } : {}),
        ...(parents.length > 0 ? { parent: parents } : {}),
      },
      extensions: {
        // cmi5 9.6.3.2
        ...(judged ? { [`${cmi5}/context/extensions/masteryscore`]: masteryScore } : {}),
        ...(isObject(extensions) ? extensions : {}),
      },
    },
    timestamp,
  };
}
