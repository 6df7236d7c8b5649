import type { Edition, Values } from '../messages.ts';

/** A status element with what its value means for the learner. */
export interface Status {
  readonly label: string;
  readonly value: string;
  readonly tone: 'good' | 'bad' | 'open';
}

/** One answered question as the course reported it. */
export interface Interaction {
  readonly number: number;
  readonly id: string;
  readonly type: string;
  readonly response: string;
  readonly correct: string;
  readonly result: string;
  readonly latency: string;
  readonly time: string;
}

/** A data model's values under one set of names for both editions; '' where nothing is recorded. */
export interface Results {
  readonly statuses: readonly Status[];
  readonly scoreRaw: string;
  readonly scoreMin: string;
  readonly scoreMax: string;
  /** SCORM 2004 only. */
  readonly scoreScaled: string;
  /** SCORM 2004 only. */
  readonly progressMeasure: string;
  readonly location: string;
  readonly sessionTime: string;
  readonly totalTime: string;
  readonly exit: string;
  readonly suspendData: string;
  readonly interactions: readonly Interaction[];
}

/** Reads what a trainer wants to know from a data model. */
export function readResults(edition: Edition, values: Values): Results {
  const value = (element: string) => values[element] ?? '';
  const is12 = edition === '1.2';
  const core = is12 ? 'cmi.core' : 'cmi';
  return {
    statuses: is12
      ? [status('Lesson status', value('cmi.core.lesson_status') || 'not attempted')]
      : [
          status('Completion', value('cmi.completion_status') || 'unknown'),
          status('Success', value('cmi.success_status') || 'unknown'),
        ],
    scoreRaw: value(`${core}.score.raw`),
    scoreMin: value(`${core}.score.min`),
    scoreMax: value(`${core}.score.max`),
    scoreScaled: value('cmi.score.scaled'),
    progressMeasure: value('cmi.progress_measure'),
    location: value(is12 ? 'cmi.core.lesson_location' : 'cmi.location'),
    sessionTime: value(`${core}.session_time`),
    totalTime: value(`${core}.total_time`),
    exit: value(`${core}.exit`),
    suspendData: value('cmi.suspend_data'),
    interactions: readInteractions(edition, values),
  };
}

/** The raw score in words, '' when there is none. */
export function describeRawScore({ scoreRaw, scoreMax }: Results): string {
  return scoreRaw && (scoreMax ? `${scoreRaw} of ${scoreMax}` : scoreRaw);
}

/** The whole score in one line, '' when there is none. */
export function describeScore(results: Results): string {
  const scaled = results.scoreScaled && `${results.scoreScaled} scaled`;
  return [describeRawScore(results), scaled].filter((part) => part !== '').join(' · ');
}

function status(label: string, value: string): Status {
  const tone = ['passed', 'completed'].includes(value) ? 'good' : value === 'failed' ? 'bad' : 'open';
  return { label, value, tone };
}

function readInteractions(edition: Edition, values: Values): Interaction[] {
  const response = edition === '1.2' ? 'student_response' : 'learner_response';
  const time = edition === '1.2' ? 'time' : 'timestamp';
  const interactions: Interaction[] = [];
  for (let number = 0; values[`cmi.interactions.${number}.id`] !== undefined; number += 1) {
    const value = (field: string) => values[`cmi.interactions.${number}.${field}`] ?? '';
    interactions.push({
      number,
      id: value('id'),
      type: value('type'),
      response: value(response),
      correct: value('correct_responses.0.pattern'),
      result: value('result'),
      latency: value('latency'),
      time: value(time),
    });
  }
  return interactions;
}
