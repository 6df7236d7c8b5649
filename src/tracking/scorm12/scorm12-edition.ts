/** SCORM 1.2 (ADL SCORM 1.2 Run-Time Environment, 3.4). */
import { decimal, readPassingScore, readScaled } from '../numbers.ts';
import type { ScormEdition } from '../scorm-session.ts';
import type { Launch } from '../session.ts';
import { correctPatterns, studentResponse, timeOfDay, timespan } from './scorm12-format.ts';

/** `failed` says nothing of completion: an LMS may have put it there by its own mastery score. */
const completionOf = (status: string): Launch['completion'] => {
  if (status === 'passed' || status === 'completed') return 'completed';
  return status === 'incomplete' || status === 'failed' ? 'incomplete' : 'unknown';
};

export const scorm12: ScormEdition = {
  names: {
    api: 'API',
    initialize: 'LMSInitialize',
    get: 'LMSGetValue',
    set: 'LMSSetValue',
    commit: 'LMSCommit',
    terminate: 'LMSFinish',
    lastError: 'LMSGetLastError',
  },
  limits: {
    suspendData: 4096,
    location: 255,
    // None is named.
    interactions: Number.POSITIVE_INFINITY,
    unscoredInteractions: Number.POSITIVE_INFINITY,
    objectives: Number.POSITIVE_INFINITY,
  },
  elements: {
    learner: 'cmi.core.student_id',
    mode: 'cmi.core.lesson_mode',
    credit: 'cmi.core.credit',
    location: 'cmi.core.lesson_location',
    status: 'cmi.core.lesson_status',
    exit: 'cmi.core.exit',
    sessionTime: 'cmi.core.session_time',
    score: 'cmi.core.score',
  },

  readRecord(get) {
    const status = get('cmi.core.lesson_status');
    return {
      completion: completionOf(status),
      success: status === 'passed' || status === 'failed' ? status : 'unknown',
      scaled: readScaled(get('cmi.core.score.raw'), 100),
      passingScore: readPassingScore(get('cmi.student_data.mastery_score'), 100),
    };
  },

  /**
   * One status for two. Never `failed`: LMSs close an attempt that has it and reopen it in review mode only (Moodle
   * does), so that a learner with tries left could not use them; and after `completed` it would be less than the
   * learner had. The score tells that the quiz was not passed.
   */
  status(completion, success) {
    const status = completion === 'incomplete' ? 'incomplete' : success === 'passed' ? 'passed' : 'completed';
    return [['cmi.core.lesson_status', status]];
  },

  // Moodle 4.5 sends only what differs from what it has tried to send before.
  statusBefore(completion, success) {
    if (completion === 'incomplete') return [];
    return [['cmi.core.lesson_status', success === 'passed' ? 'completed' : 'incomplete']];
  },

  score: (scaled) => [['cmi.core.score.raw', decimal(scaled * 100, 2)]],

  // There is no measure of progress.
  progress: () => [],

  // One status for two, as of the whole. Here `failed` closes nothing.
  objective: ({ id, scaled, success }) => [
    ['id', id],
    // Without `min` and `max`, which are 0 and 100 by definition (RTE 3.4.4).
    ['score.raw', decimal(scaled * 100, 2)],
    ['status', success],
  ],

  objectiveBefore: () => [['status', 'incomplete']],

  interaction: ({ id, content, objectives, at, weighting, result, latency }) => [
    ['id', id],
    ['type', content.type],
    ...objectives.map((objective, index) => [`objectives.${index}.id`, objective] as const),
    ['time', timeOfDay(at)],
    ...correctPatterns(content).map(
      (pattern, index) => [`correct_responses.${index}.pattern`, pattern] as const,
    ),
    ['weighting', decimal(weighting, 2)],
    ['student_response', studentResponse(content)],
    ['result', typeof result === 'number' ? decimal(result, 4) : result === 'incorrect' ? 'wrong' : result],
    ['latency', timespan(latency)],
  ],

  // The vocabulary has no `normal`: that is the empty string.
  exit: (exit) => (exit === 'suspend' ? 'suspend' : ''),

  duration: timespan,
};
