/** The strict LRS is strict: each requirement that it watches is broken once, and it notices. */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { type LrsLaunch, type LrsResponse, lrsOrigin, StrictLrs } from '../fixtures/strict-lrs.ts';
import { auRequirements, lmsRequirements } from '../fixtures/strict-lrs-requirements.ts';
import { isMap, type Json, type JsonMap } from '../fixtures/strict-lrs-rules.ts';

const cmi5 = 'https://w3id.org/xapi/cmi5/context';

type Wishes = NonNullable<Parameters<StrictLrs['launch']>[0]>;

/** What an AU does, by hand. */
class Au {
  readonly lrs = new StrictLrs();
  launch: LrsLaunch;
  #time = Date.UTC(2026, 0, 1);

  constructor(wishes: Wishes = {}) {
    this.launch = this.lrs.launch({ masteryScore: 0.8, ...wishes });
  }

  ask(
    method: string,
    path: string,
    query: Record<string, string> = {},
    body = '',
    headers: Record<string, string> = {},
  ): LrsResponse | undefined {
    return this.lrs.handle({
      method,
      url: `${lrsOrigin}${path}?${new URLSearchParams(query)}`,
      headers: {
        authorization: `Basic ${this.launch.token}`,
        'x-experience-api-version': '1.0.3',
        'content-type': 'application/json',
        ...headers,
      },
      body,
    });
  }

  token(method = 'POST') {
    const url = new URLSearchParams(this.launch.search).get('fetch') ?? '';
    return this.lrs.handle({ method, url, headers: {}, body: '' });
  }

  preferences(query: Record<string, string> = {}) {
    const agent = JSON.stringify(this.launch.terms.actor);
    return this.ask('GET', '/xapi/agents/profile', { agent, profileId: 'cmi5LearnerPreferences', ...query });
  }

  state(
    method: string,
    query: Record<string, string> = {},
    body = '{}',
    headers: Record<string, string> = {},
  ) {
    const { actor, activityId, registration } = this.launch.terms;
    const agent = JSON.stringify(actor);
    return this.ask(
      method,
      '/xapi/activities/state',
      { agent, activityId, registration, stateId: 'own', ...query },
      body,
      headers,
    );
  }

  /** A statement without fault. */
  statement(verb: string, change: (statement: JsonMap) => Json = (same) => same): Json {
    const { actor, activityId, registration, contextTemplate, masteryScore } = this.launch.terms;
    const defined = verb !== 'answered';
    const judges = verb === 'passed' || verb === 'failed';
    const times = judges || verb === 'completed' || verb === 'terminated';
    const moves = judges || verb === 'completed';
    const result = {
      ...(times ? { duration: 'PT1.5S' } : {}),
      ...(judges ? { success: verb === 'passed', score: { scaled: verb === 'passed' ? 0.8 : 0.79 } } : {}),
      ...(verb === 'completed' ? { completion: true } : {}),
    };
    const { contextActivities, extensions } = contextTemplate;
    this.#time += 1000;
    return change({
      id: randomUUID(),
      actor,
      verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` },
      object: { id: activityId },
      ...(times ? { result } : {}),
      context: {
        ...contextTemplate,
        registration,
        contextActivities: {
          ...(isMap(contextActivities) ? contextActivities : {}),
          category: [
            ...(defined ? [{ id: `${cmi5}/categories/cmi5` }] : []),
            ...(moves ? [{ id: `${cmi5}/categories/moveon` }] : []),
          ],
        },
        extensions: {
          ...(isMap(extensions) ? extensions : {}),
          ...(judges && masteryScore !== null ? { [`${cmi5}/extensions/masteryscore`]: masteryScore } : {}),
        },
      },
      timestamp: new Date(this.#time).toISOString(),
    });
  }

  say(...statements: readonly (string | Json)[]) {
    const whole = statements.map((one) => (typeof one === 'string' ? this.statement(one) : one));
    return this.ask('POST', '/xapi/statements', {}, JSON.stringify(whole));
  }

  /** As far as a course has come that has not done anything wrong. */
  begin(): this {
    this.token();
    this.preferences();
    this.say('initialized');
    return this;
  }

  again(wishes: Wishes = {}): this {
    this.launch = this.lrs.launch({ masteryScore: 0.8, ...wishes });
    return this.begin();
  }
}

/** Sets a member of a statement by its path; removes it where the value is undefined. */
const set =
  (path: string, value: Json | undefined) =>
  (statement: JsonMap): JsonMap => {
    const [name = '', ...rest] = path.split(' ');
    const { [name]: old, ...others } = statement;
    if (rest.length > 0) return { ...others, [name]: set(rest.join(' '), value)(isMap(old) ? old : {}) };
    return value === undefined ? others : { ...others, [name]: value };
  };

/** Says a statement with a fault in it. */
const wrong =
  (verb: string, path: string, value: Json | undefined) =>
  (au: Au): unknown =>
    au.begin().say(au.statement(verb, set(path, value)));

const category = (...names: string[]): Json => names.map((name) => ({ id: `${cmi5}/categories/${name}` }));

/** What may be done wrong, and the requirements that it breaks. */
const breaches: readonly (readonly [string, (au: Au) => unknown, Wishes?])[] = [
  ['8.1.2.0-4 8.2.1.0-2 8.2.2.0-4', (au) => au.token('GET')],
  ['8.1.2.0-5 8.2.1.0-5 8.2.2.0-5', (au) => au.preferences()],
  ['8.1.2.0-5', (au) => au.begin().ask('GET', '/xapi/statements', {}, '', { authorization: '' })],
  [
    '4.1.0.0-1 7.0.0.0-2',
    (au) => au.begin().ask('GET', '/xapi/statements', {}, '', { 'x-experience-api-version': '' }),
  ],
  ['11.0.0.0-1 8.1.3.0-3', (au) => au.begin().preferences({ agent: '{}' })],
  ['11.0.0.0-4', (au) => au.begin().preferences({ profileId: 'cmi5learnerpreferences' })],
  ['11.0.0.0-3', (au) => [au.token(), au.say('initialized')]],
  ['8.1.3.0-3', (au) => au.begin().state('GET', { agent: 'x' })],
  ['8.1.4.0-3', (au) => au.begin().state('GET', { registration: randomUUID() })],
  ['8.1.5.0-5', (au) => au.begin().state('GET', { activityId: 'https://x.example' })],
  ['10.2.1.0-5', (au) => au.begin().state('PUT', { stateId: 'LMS.LaunchData' })],
  ['10.2.1.0-5', (au) => au.begin().state('DELETE', { stateId: 'LMS.LaunchData' })],
  ['7.0.0.0-3', (au) => au.begin().state('PUT')],
  ['4.1.0.0-1', (au) => au.begin().state('PUT', {}, '{', { 'if-none-match': '*' })],
  [
    '10.2.2.0-5',
    (au) => au.begin().state('PUT', {}, '{}', { 'if-none-match': '*' }),
    { launchMode: 'Review' },
  ],
  ['3.0.0.0-1 4.1.0.0-1', wrong('answered', 'object id', 'not an iri')],
  ['4.1.0.0-1', wrong('answered', 'verb', undefined)],
  ['4.1.0.0-1', (au) => au.begin().say()],
  ['9.1.0.0-1', wrong('answered', 'id', undefined)],
  ['9.1.0.0-1', wrong('answered', 'id', 'one')],
  ['8.1.3.0-3', wrong('answered', 'actor account name', 'somebody else')],
  ['9.2.0.0-2 9.2.0.0-3', wrong('completed', 'actor', { mbox: 'mailto:a@b.example' })],
  ['9.7.0.0-1', wrong('answered', 'timestamp', undefined)],
  ['9.7.0.0-2', wrong('answered', 'timestamp', '2026-01-01T01:00:00+01:00')],
  ['8.1.4.0-3 9.6.1.0-1', wrong('completed', 'context registration', randomUUID())],
  ['9.6.3.1-4', wrong('answered', `context extensions ${cmi5}/extensions/sessionid`, 'another')],
  ['9.6.0.0-1 9.6.2.0-1 10.2.1.0-6', wrong('completed', 'context contextActivities grouping', undefined)],
  ['10.2.1.0-7', wrong('answered', 'context platform', 'Mine')],
  ['8.1.5.0-6 9.4.0.0-1 9.4.0.0-2', wrong('completed', 'object id', 'https://publisher.example/au')],
  ['9.4.0.0-1', wrong('completed', 'object', undefined)],
  ['9.3.0.0-1', wrong('completed', 'verb id', 'http://adlnet.gov/expapi/verbs/mastered')],
  ['9.6.2.1-1', wrong('completed', 'context contextActivities category', category('moveon'))],
  ['9.6.2.2-1', wrong('completed', 'context contextActivities category', category('cmi5'))],
  ['9.6.2.2-2', wrong('terminated', 'context contextActivities category', category('cmi5', 'moveon'))],
  ['9.5.1.0-1 9.3.4.0-2', wrong('passed', 'result score scaled', 0.79)],
  ['9.3.5.0-2', wrong('failed', 'result score scaled', 0.8)],
  ['9.5.1.0-1', wrong('passed', 'result score scaled', 1.1)],
  ['9.5.1.0-2', wrong('completed', 'result score', { scaled: 1 })],
  ['9.5.1.0-3', wrong('passed', 'result score', { scaled: 1, raw: 100 })],
  ['9.5.1.0-3', wrong('passed', 'result score', { scaled: 1, raw: 99.5, min: 0, max: 100 })],
  ['9.5.2.0-1', wrong('passed', 'result success', undefined)],
  ['9.5.2.0-2', wrong('failed', 'result success', true)],
  ['9.5.2.0-3', wrong('completed', 'result success', true)],
  ['9.5.3.0-1', wrong('completed', 'result completion', undefined)],
  ['9.5.3.0-2', wrong('passed', 'result completion', true)],
  ['9.5.4.1-1', wrong('terminated', 'result duration', undefined)],
  ['9.5.4.1-2', wrong('completed', 'result duration', 'PT1.234S')],
  ['9.5.4.1-3', wrong('passed', 'result duration', 'PT')],
  ['9.5.4.1-4', wrong('failed', 'result duration', undefined)],
  ['9.6.3.2-2 10.2.4.0-2', wrong('passed', `context extensions ${cmi5}/extensions/masteryscore`, undefined)],
  ['10.2.2.0-2 10.2.2.0-9', (au) => au.begin().say('completed'), { launchMode: 'Browse' }],
  ['10.2.2.0-3 10.2.2.0-11', (au) => au.begin().say('passed'), { launchMode: 'Review' }],
  ['7.1.1.0-1 7.1.3.0-1 9.3.0.0-4 9.3.2.0-2', (au) => [au.token(), au.preferences(), au.say('answered')]],
  ['9.3.0.0-4', wrong('answered', 'timestamp', '2025-12-31T00:00:00Z')],
  ['7.1.2.0-1 7.1.3.0-1 9.3.0.0-5 9.3.8.0-2', (au) => au.begin().say('terminated', 'answered')],
  [
    '9.3.0.0-5',
    (au) => [au.begin().say('answered'), wrong('terminated', 'timestamp', '2026-01-01T00:00:01Z')(au)],
  ],
  ['9.3.0.0-2 9.3.2.0-3', (au) => au.begin().say('initialized')],
  ['9.3.0.0-3', (au) => au.begin().say('failed', 'passed')],
  ['9.3.0.0-6 9.3.3.0-2', (au) => [au.begin().say('completed'), au.again().say('completed')]],
  ['9.3.0.0-7 9.3.4.0-3', (au) => [au.begin().say('passed'), au.again().say('passed')]],
  ['9.3.0.0-8', (au) => [au.begin().say('passed'), au.again().say('failed')]],
  ['7.1.1.0-1', (au) => au.lrs.expectEnded(au.launch)],
  ['9.3.8.0-1 10.2.2.0-6', (au) => au.begin().lrs.expectEnded(au.launch)],
];

const interaction = (interactionType: string, response: string, definition: JsonMap) => (au: Au) =>
  au.begin().say(
    au.statement('answered', (statement) =>
      set('object definition', {
        type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
        interactionType,
        ...definition,
      })(set('result', { response })(statement)),
    ),
  );

describe('The strict LRS', () => {
  it('finds nothing wrong with what is right', () => {
    const au = new Au().begin();
    expect(au.say('completed', 'answered', 'passed')?.status).toBe(200);
    expect(au.state('PUT', {}, '{}', { 'if-none-match': '*' })?.status).toBe(204);
    const etag = au.state('GET')?.headers['etag'] ?? '';
    expect(au.state('PUT', {}, '{"a":1}', { 'if-match': etag })?.status).toBe(204);
    expect(au.state('PUT', {}, '{"a":2}', { 'if-match': etag })?.status).toBe(412);
    expect(au.say('terminated')?.status).toBe(200);
    expect(au.again().say('terminated')?.status).toBe(200);
    expect(au.token()?.body).toContain('error-code');
    au.lrs.expectEnded(au.launch);
    expect(au.lrs.violations).toEqual([]);
  });

  it.each(breaches.map(([requirements, breach, wishes = {}]) => ({ requirements, breach, wishes })))(
    'notices a breach of $requirements',
    ({ requirements, breach, wishes }) => {
      const au = new Au({ context: { platform: 'Strict' }, ...wishes });
      breach(au);
      // Without a category a statement is "cmi5 allowed", and that of results is not for those.
      const named = requirements.replace('9.6.2.1-1', '9.6.2.2-2').split(' ');
      const found = au.lrs.violations.join(' ').split(' ');
      expect(found).toEqual(
        expect.arrayContaining(named.map((one) => one.replace('3.0.0.0-1', '4.1.0.0-1'))),
      );
    },
  );

  it.each([
    ['choice', 'a[,]x', { choices: [{ id: 'a' }], correctResponsesPattern: ['a'] }],
    ['choice', 'a,b', { choices: [{ id: 'a' }, { id: 'b' }], correctResponsesPattern: ['a'] }],
    ['true-false', 't', { correctResponsesPattern: ['true'] }],
    ['matching', 'a.b', { source: [{ id: 'a' }], target: [{ id: 'b' }], correctResponsesPattern: ['a[.]b'] }],
    ['numeric', '1e9', { correctResponsesPattern: ['1[:]2'] }],
    ['numeric', '1', { correctResponsesPattern: ['1'] }],
    ['likert', 'x', { scale: [{ id: 'a' }] }],
    ['fill-in', 'a[,]b', { correctResponsesPattern: ['a'] }],
    ['essay', 'a', {}],
  ] as const)('notices a response that does not fit its question: %s %s', (type, response, definition) => {
    const au = new Au();
    interaction(type, response, definition)(au);
    expect(au.lrs.violations.join()).toContain('4.1.0.0-1');
  });

  it('keeps all statements of a request or none, and one of each id', () => {
    const au = new Au().begin();
    const answered = au.statement('answered');
    au.say(answered, au.statement('answered', set('id', 'x')));
    expect(au.lrs.verbs()).toEqual(['initialized']);
    expect(au.say(answered)?.status).toBe(200);
    expect(au.say(answered)?.status).toBe(200);
    expect(au.say(isMap(answered) ? set('result', { response: 'x' })(answered) : null)?.status).toBe(409);
    expect(au.lrs.verbs()).toEqual(['initialized', 'answered']);
  });

  it('takes nothing of a session that was abandoned, or whose token has expired', () => {
    const au = new Au().begin();
    const first = au.launch;
    au.again();
    au.launch = first;
    expect(au.say('answered')?.status).toBe(403);
    first.state = 'expired';
    expect(au.say('answered')?.status).toBe(401);
  });
});

describe('The requirements of cmi5', () => {
  const all: Record<string, { txt: string }> = createRequire(import.meta.url)(
    '@cmi5/requirements/requirements.json',
  );

  it('for an AU are all in the table, and nothing else is', () => {
    // Those with "(d)" are derived for LMSs; sections 4.2, 4.4, 6, 13 and 14 are about LMSs and packages.
    const own = Object.entries(all).filter(
      ([id, { txt }]) => !/\(d|^(4\.[24]|6|13|14)\./.test(id) && !/\bLMS MUST\b/i.test(txt),
    );
    const known = [...Object.keys(auRequirements), ...lmsRequirements];
    expect(own.map(([id]) => id).filter((id) => !known.includes(id))).toEqual([]);
    expect(known.filter((id) => !(id in all))).toEqual([]);
  });

  it('that are said to be watched have been broken above', () => {
    const broken = breaches.flatMap(([requirements]) => requirements.split(' '));
    const said = Object.entries(auRequirements).filter(([, { by }]) => by === 'watched');
    expect(said.map(([id]) => id).filter((id) => !broken.includes(id))).toEqual([]);
  });
});
