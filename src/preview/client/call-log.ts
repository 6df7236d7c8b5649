import type { LmsSession, ScormApi } from './lms-api.ts';

/** One call of the API by the content. */
export interface ApiCall {
  /** Counts from 1. */
  readonly number: number;
  /** When it was made, as an ISO timestamp. */
  readonly time: string;
  readonly method: string;
  readonly args: readonly string[];
  readonly result: string;
  /** The LMS's error code after the call: '0' is none. */
  readonly error: string;
  /** The error in words, '' when there is none. */
  readonly errorText: string;
  /** How long the call took, in milliseconds. */
  readonly latency: number;
}

/** The functions that tell of the last error and, by the standard, never change it. */
const ASKS_FOR_ERROR = /Get(LastError|ErrorString|Diagnostic)$/;

/**
 * The API object that the content finds: every call is passed on as it came and reported when it has
 * returned.
 */
export function logCalls(session: LmsSession, report: (call: ApiCall) => void): ScormApi {
  let count = 0;
  const logged = Object.entries(session.api).map(([method, apiFunction]) => {
    const call = (...args: unknown[]) => {
      const time = new Date().toISOString();
      const start = performance.now();
      count += 1;
      const number = count;
      const finish = (result: string, code: string, text: string) =>
        report({
          number,
          time,
          method,
          args: args.map(String),
          result,
          error: code,
          errorText: code === '0' ? '' : text,
          latency: Math.round((performance.now() - start) * 10) / 10,
        });
      try {
        const result = apiFunction(...args);
        const { code, text } = ASKS_FOR_ERROR.test(method) ? { code: '0', text: '' } : session.lastError();
        finish(String(result), code, text);
        return result;
      } catch (error) {
        finish('', '101', `The LMS threw: ${error instanceof Error ? error.message : error}`);
        throw error;
      }
    };
    return [method, call] as const;
  });
  return Object.freeze(Object.fromEntries(logged));
}

/** How loud the inspector shows a call. */
export type CallTone = 'plain' | 'quiet' | 'loud';

/** Reading an element that has no value yet is error 403 in SCORM 2004, and no fault of the course. */
export function toneOf({ method, error }: ApiCall): CallTone {
  if (error === '0') return 'plain';
  return method === 'GetValue' && error === '403' ? 'quiet' : 'loud';
}
