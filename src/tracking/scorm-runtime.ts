/**
 * One shape for the run-time services of both SCORM editions, which differ in the names of their functions only
 * (SCORM 1.2 RTE 3.2, SCORM 2004 4th Ed. RTE 3.1), and in what real LMSs return.
 */

/** The run-time service of an LMS, tidied: booleans and strings, no exceptions. */
export interface ScormRuntime {
  initialize(): boolean;
  /** The value, or an empty string where the LMS has none or refuses. */
  get(element: string): string;
  set(element: string, value: string): boolean;
  commit(): boolean;
  terminate(): boolean;
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

/**
 * Wraps the API object that an LMS offers.
 *
 * LMSs return booleans, numbers and null where the standards say "true" and "false", throw, and say false with
 * error 0, which is success. A function that is missing counts as one that refuses.
 */
export function scormRuntime(api: object, names: ScormNames): ScormRuntime {
  const call = (name: string, ...args: string[]): unknown => {
    try {
      const method: unknown = Reflect.get(api, name);
      return typeof method === 'function' ? Reflect.apply(method, api, args) : undefined;
    } catch {
      return undefined;
    }
  };
  const says = (value: unknown): boolean => value === true || value === 1 || String(value) === 'true';
  const succeeds = (name: string, ...args: string[]): boolean => {
    const value = call(name, ...args);
    if (says(value)) return true;
    return value !== undefined && value !== null && String(call(names.lastError)) === '0';
  };
  return {
    // Initialize, Commit and Terminate take one empty string: some LMSs fail without it.
    initialize: () => succeeds(names.initialize, ''),
    get(element) {
      const value = call(names.get, element);
      return value === undefined || value === null ? '' : String(value);
    },
    set: (element, value) => succeeds(names.set, element, value),
    commit: () => succeeds(names.commit, ''),
    terminate: () => succeeds(names.terminate, ''),
  };
}
