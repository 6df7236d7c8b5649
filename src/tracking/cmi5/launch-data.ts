/** What an LMS says of a launch: in the address (cmi5 8.1) and in the document `LMS.LaunchData` (cmi5 10). */
import { isObject, type JsonObject, parseJson, shareOf, textOf } from './json.ts';

/** The parameters in the address of a launch (cmi5 8.1). */
export interface LaunchParameters {
  readonly endpoint: string;
  /** Address that hands out the token, once. */
  readonly fetch: string;
  /** The learner, as JSON: for parameters of requests. */
  readonly agent: string;
  /** The learner, for statements. */
  readonly actor: JsonObject;
  readonly registration: string;
  readonly activityId: string;
}

/** Reads the parameters, in any order; undefined where one is missing: this is no launch by an LMS. */
export function readParameters(search: string): LaunchParameters | undefined {
  const query = new URLSearchParams(search);
  const read = (name: string) => query.get(name) ?? '';
  const [endpoint, fetch, agent, registration, activityId] = [
    read('endpoint'),
    read('fetch'),
    read('actor'),
    read('registration'),
    read('activityId'),
  ];
  const actor = parseJson(agent);
  if (!endpoint || !fetch || !registration || !activityId || !isObject(actor)) return undefined;
  return { endpoint, fetch, agent, actor, registration, activityId };
}

/**
 * Names whose record this is: the learner's account, and the enrolment and the activity that it is for. The next
 * enrolment of the same learner begins anew.
 */
export function recordOwner({ actor, agent, registration, activityId }: LaunchParameters): string {
  const { account } = actor;
  const learner = isObject(account) ? `${textOf(account['homePage'])} ${textOf(account['name'])}` : agent;
  return `${learner} ${registration} ${activityId}`;
}

/** What the LMS wants of this session (cmi5 10.2). */
export interface LaunchData {
  /** Goes into every statement, whole (cmi5 10.2.1). */
  readonly contextTemplate: JsonObject;
  /** Whether results are recorded: in the launch mode `Normal` (cmi5 10.2.2). */
  readonly recording: boolean;
  /** 0 to 1; null where there is none (cmi5 10.2.4). */
  readonly masteryScore: number | null;
  /** Where the learner goes afterwards (cmi5 10.2.6); null where the LMS says nothing, or something that is no address. */
  readonly returnUrl: string | null;
}

/** Any address but those that are content themselves: they would run as this page. */
function addressOf(value: unknown, base: string): string | null {
  try {
    const { protocol, href } = new URL(textOf(value) || 'data:', base);
    return /^(javascript|data|blob):$/.test(protocol) ? null : href;
  } catch {
    return null;
  }
}

/**
 * Reads the document.
 *
 * @param text JSON
 * @param base address of the course
 * @returns undefined where it is no such document: nobody knows then whether results may be recorded
 */
export function readLaunchData(text: string, base: string): LaunchData | undefined {
  const data = parseJson(text);
  if (!isObject(data) || !isObject(data['contextTemplate'])) return undefined;
  return {
    contextTemplate: data['contextTemplate'],
    recording: !/^(browse|review)$/i.test(textOf(data['launchMode'])),
    masteryScore: shareOf(data['masteryScore']),
    returnUrl: addressOf(data['returnURL'], base),
  };
}

/** Extension of a context with the session (cmi5 9.6.3.1). */
export const sessionExtension = 'https://w3id.org/xapi/cmi5/context/extensions/sessionid';

/** The session's id, as the LMS has made it. */
export function sessionOf({ contextTemplate: { extensions } }: LaunchData): string {
  return isObject(extensions) ? textOf(extensions[sessionExtension]) : '';
}
