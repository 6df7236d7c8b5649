/** What statements say: each kind of question in exact words, and any at all as a validator takes it. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InteractionContent } from '../../src/items/item.ts';
import { describeResponse, scoreItem } from '../../src/items/items.ts';
import { interactionDefinition, responseText } from '../../src/tracking/cmi5/interaction-activity.ts';
import {
  readLaunchData,
  readParameters,
  recordOwner,
  sessionOf,
} from '../../src/tracking/cmi5/launch-data.ts';
import { readRecord } from '../../src/tracking/cmi5/state-document.ts';
import { statementId } from '../../src/tracking/cmi5/statement-id.ts';
import {
  answerOf,
  type Draft,
  duration,
  scoreResult,
  statementOf,
  timestamp,
} from '../../src/tracking/cmi5/statements.ts';
import { anyOfKind, responseTo } from '../fixtures/arbitrary-course.ts';
import { StrictLrs } from '../fixtures/strict-lrs.ts';
import { type JsonMap, statementFaults } from '../fixtures/strict-lrs-rules.ts';

describe('An answer', () => {
  it.each<[InteractionContent, response: string, definition: object]>([
    [
      { type: 'choice', options: ['a', 'b', 'c'], response: ['c', 'a'], correct: ['a', 'b'] },
      'c[,]a',
      {
        interactionType: 'choice',
        correctResponsesPattern: ['a[,]b'],
        choices: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      },
    ],
    [
      { type: 'true-false', response: false, correct: true },
      'false',
      { interactionType: 'true-false', correctResponsesPattern: ['true'] },
    ],
    [
      {
        type: 'matching',
        sources: ['s', 't'],
        targets: ['x', 'y', 'z'],
        response: [['s', 'z']],
        correct: [
          ['s', 'x'],
          ['t', 'y'],
        ],
      },
      's[.]z',
      {
        interactionType: 'matching',
        correctResponsesPattern: ['s[.]x[,]t[.]y'],
        source: [{ id: 's' }, { id: 't' }],
        target: [{ id: 'x' }, { id: 'y' }, { id: 'z' }],
      },
    ],
    [
      { type: 'sequencing', options: ['a', 'b', 'c'], response: ['b', 'a', 'c'], correct: ['a', 'b', 'c'] },
      'b[,]a[,]c',
      {
        interactionType: 'sequencing',
        correctResponsesPattern: ['a[,]b[,]c'],
        choices: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
      },
    ],
    [
      { type: 'fill-in', response: '{lang=xx}a[,]b', correct: ['Tea, please', 'thé'] },
      '(lang=xx}a[, ]b',
      { interactionType: 'fill-in', correctResponsesPattern: ['Tea, please', 'thé'] },
    ],
    [
      { type: 'fill-in', response: '{color: red}', correct: ['{case_matters=true}a'] },
      '{color: red}',
      { interactionType: 'fill-in', correctResponsesPattern: ['(case_matters=true}a'] },
    ],
    [
      { type: 'numeric', response: -1234567.5, correct: { answer: 3, min: 2.5, max: 1e9 } },
      '-1234567.5',
      { interactionType: 'numeric', correctResponsesPattern: ['2.5[:]1000000000'] },
    ],
    [
      { type: 'likert', options: ['no', 'yes'], response: 'yes' },
      'yes',
      { interactionType: 'likert', scale: [{ id: 'no' }, { id: 'yes' }] },
    ],
  ])('is written so: %j', (content, response, definition) => {
    expect(responseText(content)).toBe(response);
    expect(interactionDefinition(content)).toEqual(definition);
  });

  const lrs = new StrictLrs();
  const { terms, search } = lrs.launch({ masteryScore: 0.5 });
  const parameters = readParameters(search);
  const launchData = readLaunchData(
    JSON.stringify({ contextTemplate: terms.contextTemplate }),
    'https://x.example',
  );
  const course = { iri: 'urn:uuid:8f1f5f0a-7f0e-4b7e-9c55-3a6f2f3c1d47', language: 'en' };

  it.each(Object.entries(anyOfKind))('of the kind %s is one that validators take', (_kind, anyItem) => {
    const answered = anyItem.chain((item) => responseTo(item).map((response) => ({ item, response })));
    fc.assert(
      fc.property(answered, fc.nat(1e9), ({ item, response }, latency) => {
        const score = scoreItem(item, response);
        const answer = answerOf(
          { activityId: terms.activityId, course },
          {
            id: item.id,
            objectives: [item.takeaway],
            at: 0,
            weighting: item.weight,
            result: score.state !== 'scored' ? 'neutral' : score.scaled === 1 ? 'correct' : score.scaled,
            latency,
            description: item.prompt,
            content: describeResponse(item, response),
          },
        );
        const draft: Draft = {
          id: statementId(item.id, response),
          verb: 'answered',
          timestamp: timestamp(1e12 + latency),
          ...answer,
        };
        if (!parameters || !launchData) throw new Error('no launch');
        const statement: JsonMap = JSON.parse(JSON.stringify(statementOf(draft, parameters, launchData)));
        expect(statementFaults(statement, terms)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('An id', () => {
  it('is the UUID of version 5 that its facts have', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.string({ maxLength: 300 }), fc.double())), (facts) => {
        const hash = createHash('sha1')
          .update(Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex'))
          .update(JSON.stringify(facts))
          .digest();
        hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
        hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
        const digits = hash.toString('hex');
        expect(statementId(...facts).replaceAll('-', '')).toBe(digits.slice(0, 32));
      }),
    );
    expect(statementId('a', 1)).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    expect(statementId('a', 1)).not.toBe(statementId('a1'));
  });
});

describe('Values', () => {
  it.each([
    [0, 'PT0S'],
    [-5, 'PT0S'],
    [1, 'PT0S'],
    [10, 'PT0.01S'],
    [61_239, 'PT61.23S'],
    [360_000_000, 'PT360000S'],
  ])('of time: %d ms are %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });

  it.each([
    [true, 1, 1, { scaled: 1, raw: 100, min: 0, max: 100 }],
    [true, 0.8, 0.8, { scaled: 0.8, raw: 80, min: 0, max: 100 }],
    // What falls short by binary representation only has been reached.
    [true, 0.7499999999999999, 0.75, { scaled: 0.75, raw: 75, min: 0, max: 100 }],
    [true, 0.29, null, { scaled: 0.29, raw: 29, min: 0, max: 100 }],
    [true, 2 / 3, 0.6666, { scaled: 0.6666, raw: 66, min: 0, max: 100 }],
    // Passed in an earlier try, and the last one counts.
    [true, 0.5, 0.8, undefined],
    [false, 0.8, 0.8, undefined],
    [false, 0.79999, 0.8, { scaled: 0.7999, raw: 79, min: 0, max: 100 }],
    [true, null, 0.8, undefined],
  ])('of a score: passed %s with %d of %s', (passed, scaled, mastery, score) => {
    expect(scoreResult(passed, scaled, mastery)).toEqual(score ? { score } : {});
  });
});

describe('A context', () => {
  const base = {
    actor: { account: {} },
    agent: '{}',
    endpoint: '',
    fetch: '',
    registration: 'r',
    activityId: 'a',
  };
  const contextOf = (verb: Draft['verb'], contextTemplate: JsonMap, masteryScore: number | null = null) =>
    statementOf({ id: 'x', verb, timestamp: 't' }, base, {
      contextTemplate,
      recording: true,
      masteryScore,
      returnUrl: null,
    })['context'];
  const cmi5 = 'https://w3id.org/xapi/cmi5/context';
  const category = (...names: string[]) =>
    names.map((name) => ({ objectType: 'Activity', id: `${cmi5}/categories/${name}` }));

  it('has all of the template, and what is added to its lists', () => {
    const template = {
      platform: 'P',
      contextActivities: { category: [{ id: 'own' }], grouping: [{ id: 'g' }] },
      extensions: { [`${cmi5}/extensions/sessionid`]: 's', e: 1 },
    };
    expect(contextOf('passed', template, 0.5)).toEqual({
      platform: 'P',
      registration: 'r',
      contextActivities: {
        grouping: [{ id: 'g' }],
        category: [{ id: 'own' }, ...category('cmi5', 'moveon')],
      },
      extensions: {
        [`${cmi5}/extensions/sessionid`]: 's',
        e: 1,
        [`${cmi5}/extensions/masteryscore`]: 0.5,
      },
    });
    expect(contextOf('initialized', template, 0.5)).toEqual({
      ...template,
      registration: 'r',
      contextActivities: { grouping: [{ id: 'g' }], category: [{ id: 'own' }, ...category('cmi5')] },
    });
    expect(contextOf('progressed', template)).toEqual({ ...template, registration: 'r' });
  });

  it('has no category twice, and takes a single activity for a list', () => {
    const own = { id: `${cmi5}/categories/cmi5` };
    expect(contextOf('terminated', { contextActivities: { category: own } })).toMatchObject({
      contextActivities: { category: [own] },
    });
  });

  it('comes of a template that is hardly one', () => {
    expect(contextOf('initialized', {})).toEqual({
      registration: 'r',
      contextActivities: { category: category('cmi5') },
      extensions: {},
    });
  });
});

describe('What comes from outside', () => {
  it.each([
    ['', undefined],
    ['?endpoint=e&fetch=f&actor={}&registration=r', undefined],
    ['?endpoint=e&fetch=f&actor=[]&registration=r&activityId=a', undefined],
    ['?endpoint=e&fetch=f&actor=x&registration=r&activityId=a', undefined],
    [
      '?activityId=a&registration=r&x=1&actor=%7B%22a%22%3A1%7D&fetch=f%3Fk%3D1&endpoint=e',
      {
        endpoint: 'e',
        fetch: 'f?k=1',
        agent: '{"a":1}',
        actor: { a: 1 },
        registration: 'r',
        activityId: 'a',
      },
    ],
  ])('the address %j', (search, parameters) => {
    expect(readParameters(search)).toEqual(parameters);
  });

  it.each([
    ['', undefined],
    ['<html>', undefined],
    ['{}', undefined],
    ['{"contextTemplate":[]}', undefined],
    ['{"contextTemplate":{}}', { recording: true, masteryScore: null, returnUrl: null }],
    ['{"contextTemplate":{},"launchMode":"Review"}', { recording: false }],
    ['{"contextTemplate":{},"launchMode":"browse"}', { recording: false }],
    ['{"contextTemplate":{},"launchMode":7,"masteryScore":"0.8"}', { recording: true, masteryScore: 0.8 }],
    ['{"contextTemplate":{},"masteryScore":0}', { masteryScore: 0 }],
    ['{"contextTemplate":{},"masteryScore":80}', { masteryScore: null }],
    ['{"contextTemplate":{},"returnURL":"../back?a=1"}', { returnUrl: 'https://c.example/back?a=1' }],
    ['{"contextTemplate":{},"returnURL":"lms-app://done"}', { returnUrl: 'lms-app://done' }],
    ['{"contextTemplate":{},"returnURL":"JavaScript:alert(1)"}', { returnUrl: null }],
  ])('the launch data %j', (text, expected) => {
    const data = readLaunchData(text, 'https://c.example/au/index.html');
    if (expected) expect(data).toMatchObject(expected);
    else expect(data).toBeUndefined();
  });

  it('a document that is damaged is no attempt, and can be seen to be damaged', () => {
    expect(readRecord('<<garbage>>').suspendData).toBe('<<garbage>>');
    expect(readRecord('[1]')).toEqual(readRecord('null'));
    expect(readRecord('{"scaled":3,"spent":-1,"passed":"yes","failed":0.5}')).toMatchObject({
      scaled: null,
      spent: 0,
      passed: false,
      failed: null,
    });
    expect(readRecord('{"failed":{"scaled":0.5,"id":"f"}}').failed).toEqual({ scaled: 0.5, id: 'f' });
  });

  it('the owner of a record: another one for each learner, enrolment and activity', () => {
    const base = { endpoint: '', fetch: '', agent: '{"mbox":"x"}', registration: 'r', activityId: 'a' };
    const owner = (change: object) =>
      recordOwner({ ...base, actor: { account: { homePage: 'h', name: 'n' } }, ...change });
    expect(owner({})).toBe('h n r a');
    expect(owner({ registration: 'q' })).not.toBe(owner({}));
    expect(owner({ activityId: 'b' })).not.toBe(owner({}));
    expect(owner({ actor: {} })).toContain('mbox');
  });

  it('the session, empty where the LMS names none', () => {
    const of = (contextTemplate: JsonMap) =>
      sessionOf({ contextTemplate, recording: true, masteryScore: null, returnUrl: null });
    expect(of({})).toBe('');
    expect(of({ extensions: { 'https://w3id.org/xapi/cmi5/context/extensions/sessionid': 's' } })).toBe('s');
  });
});
