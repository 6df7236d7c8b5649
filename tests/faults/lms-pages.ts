/** The pages of the LMS: its player window, the frames between that and the course, and what it shows besides. */
import type { LaunchSettings } from './launch-settings.ts';

/** What a page of the LMS may lead to. */
export interface Addresses {
  /** The course. */
  readonly course: string;
  /** The LMS's own origin, and another one of the same server. */
  readonly own: string;
  readonly foreign: string;
}

const apiNames = { '1.2': 'API', '2004': 'API_1484_11' } as const;

const page = (body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>LMS</title><link rel="icon" href="data:,">
<style>html,body{margin:0;height:100%}iframe{display:block;border:0;width:100%;height:100%}</style></head><body>${body}</body></html>`;

/** What an LMS answers, with status 200, to whoever is no longer logged in. */
export const loginPage = page('<h1>Log in</h1><form><input name="username"><button>Log in</button></form>');

/** Where a learner comes to who leaves the course. */
export const awayPage = page('<h1>Courses</h1>');

const frame = (address: string, sandboxed = false): string =>
  `<iframe class="way" title="course" src="${address}"${sandboxed ? ' sandbox="allow-scripts"' : ''}></iframe>`;

const opener = (address: string): string =>
  `<button onclick="window.open('${address}')">Open the course in a new window</button>`;

const script = (text: string): string => `<script>${text}</script>`;

/** Whether the course is in a window of its own. */
export const opensWindow = ({ api = 'parent' }: LaunchSettings): boolean => api.includes('opener');

/** How many windows up the API is. */
export const levelsOf = ({ between, levels = between === undefined ? 1 : 2 }: LaunchSettings): number =>
  levels;

/** A window between the API and the course, the `level`-th above the course. */
export function betweenPage(settings: LaunchSettings, path: string, level: number, at: Addresses): string {
  const { between = 'plain', edition, sandboxed } = settings;
  const next =
    level === 1
      ? frame(at.course, sandboxed)
      : frame(`${between === 'foreign' ? at.foreign : at.own}${path}/between/${level - 1}`);
  const api = apiNames[edition];
  const extra = {
    plain: '',
    foreign: '',
    cyclic: script(`window.parent = document.querySelector('iframe').contentWindow`),
    'decoy object': script(`window.${api} = {}`),
    'decoy frame': `<iframe name="${api}" hidden srcdoc=""></iframe>`,
    'decoy element': `<form id="${api}"></form>`,
    'decoy that throws': script(
      `Object.defineProperty(window, '${api}', { get() { throw new Error('decoy') } })`,
    ),
  }[between];
  return page(next + extra);
}

/** The window with the API, which is the first that opens. */
export function playerPage(settings: LaunchSettings, path: string, run: number, at: Addresses): string {
  const { api = 'parent', between, sandboxed } = settings;
  const levels = levelsOf(settings);
  const shows = {
    self: '',
    parent:
      levels > 1
        ? frame(`${between === 'foreign' ? at.foreign : at.own}${path}/between/${levels - 1}`)
        : frame(at.course, sandboxed),
    opener: opener(at.course),
    "opener's parent": frame(`${path}/opener`),
    "parent's opener": opener(`${path}/between/1`),
    foreign: frame(at.course),
    nowhere: levels > 1 ? frame(`${path}/between/${levels - 1}`) : frame(at.course, sandboxed),
  }[api];
  return page((api === 'nowhere' ? '' : `<script src="/lms/${run}/player.js"></script>`) + shows);
}

/** A frame of the LMS from which the course is opened. */
export const openerPage = ({ course }: Addresses): string => page(opener(course));

/** A script that takes the storage of the device away. */
export const storageScripts = {
  denied: `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError') } })`,
  full: `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }`,
  null: `Object.defineProperty(window, 'localStorage', { value: null })`,
} as const;
