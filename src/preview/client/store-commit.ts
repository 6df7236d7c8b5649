import type { Launch } from '../messages.ts';
import type { StoreCommit } from './lms-api.ts';

/**
 * Makes the function that stores commits on the server. SCORM's calls return their result, so the request is
 * synchronous, as in Moodle: "true" then means that it is on disk.
 *
 * While a page is being left, Chromium refuses synchronous requests. Then, and only then, a beacon is sent,
 * which nobody can wait for: `leaving` says when. A beacon at any other time would say "stored" of a server
 * that is not there.
 */
export function commitStore(launch: Launch, leaving: () => boolean): StoreCommit {
  const url = `/api/packages/${launch.package.split('/').map(encodeURIComponent).join('/')}/attempts/${launch.attempt}`;
  return (commit) => {
    const body = JSON.stringify(commit);
    return put(url, body) ?? (leaving() && beacon(url, body));
  };
}

/** Whether the server has stored it; undefined when it could not be asked. */
function put(url: string, body: string): boolean | undefined {
  const request = new XMLHttpRequest();
  try {
    request.open('PUT', url, false);
    request.setRequestHeader('Content-Type', 'application/json');
    request.send(body);
  } catch {
    return undefined;
  }
  if (request.status === 0) return undefined;
  return request.status === 200 && saysStored(request.responseText);
}

/** A proxy or a log-in page can answer 200 too. */
function saysStored(answer: string): boolean {
  try {
    const parsed: unknown = JSON.parse(answer);
    return typeof parsed === 'object' && parsed !== null && 'stored' in parsed && parsed.stored === true;
  } catch {
    return false;
  }
}

function beacon(url: string, body: string): boolean {
  return navigator.sendBeacon(url, new Blob([body], { type: 'application/json' }));
}
