/**
 * One shape for the run-time services of both SCORM editions, which differ in the names of their functions only
 * (SCORM 1.2 RTE 3.2, SCORM 2004 4th Ed. RTE 3.1), and in what real LMSs return.
 */

/**
 * What an LMS says to a request: `yes` (true), `unsaid` (anything else, without an error), or `no` (an error, an
 * exception, a function that is missing).
 */
export type Answer = 'yes' | 'unsaid' | 'no';

/** The run-time service of an LMS, tidied: plain answers and strings, no exceptions. */
export interface ScormRuntime {
  initialize(): Answer;
  /** The value, or an empty string where the LMS has none or refuses. */
  get(element: string): string;
  set(element: string, value: string): Answer;
  /** Whether `value` is what the LMS reads back; not for what can be written only. */
  holds(element: string, value: string): boolean;
  commit(): Answer;
  terminate(): Answer;
}

/** Names of the functions that an edition uses. */
export interface ScormNames {
  /** Name of the API object that the LMS puts on a window. */
  readonly api: string;
  readonly initialize: string;
  readonly get: string;
  readonly set: string;
  readonly commit: string;
  readonly terminate: string;
  readonly lastError: string;
}

/** A call that came to nothing. */
const failed = Symbol('failed');

const isNumber = (text: string): boolean => /^-?\d*\.?\d+$/.test(text);

/** Whether what is read back is what was set; LMSs write numbers in their own way (`80` as `80.00`). */
const isSame = (read: string, set: string): boolean =>
  read === set || (isNumber(read) && isNumber(set) && Number(read) === Number(set));

/**
 * Wraps the API object that an LMS offers.
 *
 * LMSs return booleans, numbers, null and nothing where the standards say "true" and "false", throw, and say false
 * with error 0.
 */
export function scormRuntime(api: object, names: ScormNames): ScormRuntime {
  const call = (name: string, ...args: string[]): unknown => {
    try {
      const method: unknown = Reflect.get(api, name);
      return typeof method === 'function' ? Reflect.apply(method, api, args) : failed;
    } catch {
      return failed;
    }
  };
  const ask = (name: string, ...args: string[]): Answer => {
    const value = call(name, ...args);
    if (value === true || value === 1 || String(value) === 'true') return 'yes';
    return value !== failed && String(call(names.lastError)) === '0' ? 'unsaid' : 'no';
  };
  const get = (element: string): string => {
    const value = call(names.get, element);
    return value === undefined || value === null || value === failed ? '' : String(value);
  };
  return {
    // Initialize, Commit and Terminate take one empty string: some LMSs fail without it.
    initialize: () => ask(names.initialize, ''),
    get,
    set: (element, value) => ask(names.set, element, value),
    holds: (element, value) => isSame(get(element), value),
    commit: () => ask(names.commit, ''),
    terminate: () => ask(names.terminate, ''),
  };
}
