/** SCORM 2004 4th Edition (ADL SCORM 2004 4th Ed. Run-Time Environment, 4.2). */
import { decimal, readPassingScore, readScaled } from '../numbers.ts';
import type { ScormEdition } from '../scorm-session.ts';
import {
  correctPatterns,
  description,
  learnerResponse,
  timeInterval,
  timestamp,
} from './scorm2004-format.ts';

export const scorm2004: ScormEdition = {
  names: {
    api: 'API_1484_11',
    initialize: 'Initialize',
    get: 'GetValue',
    set: 'SetValue',
    commit: 'Commit',
    terminate: 'Terminate',
    lastError: 'GetLastError',
  },
  limits: {
    suspendData: 64_000,
    location: 1000,
    interactions: 250,
    unscoredInteractions: 100,
    objectives: 100,
  },
  elements: {
    learner: 'cmi.learner_id',
    mode: 'cmi.mode',
    credit: 'cmi.credit',
    location: 'cmi.location',
    status: 'cmi.completion_status',
    exit: 'cmi.exit',
    sessionTime: 'cmi.session_time',
    score: 'cmi.score',
  },

  readRecord(get) {
    const completion = get('cmi.completion_status');
    const success = get('cmi.success_status');
    return {
      completion: completion === 'completed' || completion === 'incomplete' ? completion : 'unknown',
      success: success === 'passed' || success === 'failed' ? success : 'unknown',
      scaled: readScaled(get('cmi.score.scaled'), 1),
      passingScore: readPassingScore(get('cmi.scaled_passing_score'), 1),
    };
  },

  status: (completion, success) => [
    ['cmi.completion_status', completion],
    ...(success === 'unknown' ? [] : [['cmi.success_status', success] as const]),
  ],

  score: (scaled) => [
    // On 0 to 100 as well as scaled: Moodle's grade book reads `raw` only.
    ['cmi.score.raw', decimal(scaled * 100, 2)],
    ['cmi.score.scaled', decimal(scaled, 4)],
  ],

  progress: (measure) => [['cmi.progress_measure', decimal(measure, 4)]],

  objective: ({ id, description: text, scaled, completion, success }) => [
    ['id', id],
    ['description', description(text)],
    // For readers that know no scale; without `min` and `max`, which `scaled` makes unnecessary.
    ['score.raw', decimal(scaled * 100, 2)],
    ['score.scaled', decimal(scaled, 4)],
    ['completion_status', completion],
    ['success_status', success],
  ],

  interaction: (interaction) => [
    ['id', interaction.id],
    // Right after `id`: what follows depends on it (RTE 4.2.9, error 408).
    ['type', interaction.content.type],
    ...interaction.objectives.map((objective, index) => [`objectives.${index}.id`, objective] as const),
    ['timestamp', timestamp(interaction.at)],
    ...correctPatterns(interaction.content).map(
      (pattern, index) => [`correct_responses.${index}.pattern`, pattern] as const,
    ),
    ['weighting', decimal(interaction.weighting, 2)],
    ['learner_response', learnerResponse(interaction.content)],
    ['result', typeof interaction.result === 'number' ? decimal(interaction.result, 4) : interaction.result],
    ['latency', timeInterval(interaction.latency)],
    ['description', description(interaction.description)],
  ],

  exit: (exit) => exit,

  duration: timeInterval,
};
