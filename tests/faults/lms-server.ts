/**
 * The LMS as a server: it hands out the built packages and the LMS's own pages, and holds what the LMS has kept. A
 * killed tab can take nothing of that with it, so this is where a test learns the truth.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as passes } from 'node:timers/promises';
import { build } from 'vite';
import { unpackedPackage } from '../fixtures/built-packages.ts';
import { bodyOf, headersFor, listen, readServed } from '../fixtures/static-server.ts';
import { type Call, type Edition, StrictLms, type Values } from '../fixtures/strict-lms.ts';
import type { LaunchSettings, RunSettings } from './launch-settings.ts';
import {
  type Addresses,
  awayPage,
  betweenPage,
  loginPage,
  openerPage,
  playerPage,
  storageScripts,
} from './lms-pages.ts';

/** How the network and the server are. Fair where nothing is said. */
export interface Weather {
  /** Nothing gets through: every connection breaks. */
  readonly network?: 'down';
  /** Only the place where data are sent fails, with status 500. */
  readonly commits?: 'down';
  /** The learner is no longer logged in: the login page answers everything, with status 200. */
  readonly session?: 'lost';
  /** Every answer takes so many milliseconds longer. */
  readonly delay?: number;
  /** Files of the package that are not there. */
  readonly missing?: readonly string[];
}

/** What arrived to be kept. */
export interface Arrival {
  readonly values: Values;
  readonly terminates: boolean;
}

/** One showing of the LMS's page, from its loading to its end. */
export interface Run {
  readonly id: number;
  readonly calls: Call[];
  readonly violations: string[];
  /** What the run sends from now on is thrown away, as if its tab had died. */
  dead: boolean;
}

/** A learner's attempt at the course. */
export interface LmsAttempt {
  readonly edition: Edition;
  /** What the LMS has; undefined before anything was kept, and after an administrator has reset the attempt. */
  kept: Values | undefined;
  readonly arrivals: Arrival[];
  readonly runs: Run[];
}

/** A running LMS. */
export interface LmsServer {
  weather: Weather;
  readonly origin: string;
  newAttempt(edition: Edition): LmsAttempt;
  /** Prepares a launch; each opening of the address is one. */
  prepare(attempt: LmsAttempt, settings: LaunchSettings): string;
  stop(): Promise<void>;
}

/** Folder of the built packages. */
const packages = process.env['PACKAGES'] ?? 'dist';

const formats = { '1.2': 'default/scorm12', '2004': 'default/scorm2004' } as const satisfies Record<
  Edition,
  string
>;

/** Builds the script of the LMS's page. */
async function bundlePlayer(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: 'tests/faults/player-window.ts', formats: ['iife'], name: 'player' },
    },
  });
  const [first] = [built].flat();
  const chunk = first && 'output' in first ? first.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('The script of the fake LMS was not built.');
  return chunk.code;
}

/** What the LMS gives to the next launch of an attempt. */
function valuesFor({ edition, kept }: LmsAttempt, values: Values = {}): Values {
  const first = new StrictLms(edition, kept ?? {});
  return { ...(kept ? first.relaunch() : first).values, ...values };
}

interface Launch {
  readonly attempt: LmsAttempt;
  readonly settings: LaunchSettings;
}

/** Starts an LMS with the packages that were built. */
export async function startLms(): Promise<LmsServer> {
  const player = await bundlePlayer();
  const launches: Launch[] = [];
  const runs: { readonly run: Run; readonly launch: Launch }[] = [];
  let weather: Weather = {};

  const begin = (launch: Launch): Run => {
    const run: Run = { id: runs.length, calls: [], violations: [], dead: false };
    runs.push({ run, launch });
    launch.attempt.runs.push(run);
    return run;
  };

  const addresses = ({ settings }: Launch): Addresses => {
    const course = `${origin}/content/${settings.package ?? formats[settings.edition]}/index.html${settings.hash ?? ''}`;
    return { course, own: origin, foreign };
  };

  const answer = (response: ServerResponse, name: string, body: string | Buffer, status = 200) => {
    response.writeHead(status, headersFor(name)).end(body);
  };

  /** The document of the course, as the last launch wants it. */
  const courseDocument = (document: string): string => {
    const launch = launches.at(-1);
    if (!launch) return document;
    const { api, storage, document: other = document } = launch.settings;
    const scripts = [
      ...(storage ? [`/lms/storage.js?${storage}`] : []),
      ...(api === 'self' ? [`/lms/${begin(launch).id}/player.js`] : []),
    ];
    return other.replace('<head>', `<head>${scripts.map((at) => `<script src="${at}"></script>`).join('')}`);
  };

  const sendContent = async (path: string, response: ServerResponse) => {
    const [program = '', format = '', ...parts] = path.slice('/content/'.length).split('/');
    const inPackage = parts.join('/');
    const missing = weather.missing?.includes(inPackage) === true;
    const bytes = missing
      ? undefined
      : await readServed(unpackedPackage(program, format, packages), inPackage);
    if (!bytes) return answer(response, '.txt', 'not found', 404);
    answer(response, path, path.endsWith('.html') ? courseDocument(bytes.toString('utf8')) : bytes);
  };

  const sendPlayer = (id: number, response: ServerResponse) => {
    const { launch } = runs[id] ?? {};
    if (!launch) return answer(response, '.txt', 'no such run', 404);
    const { edition, faults, values, arrives, offersBoth, leaving } = launch.settings;
    const settings = {
      run: id,
      edition,
      values: valuesFor(launch.attempt, values),
      ...(faults && { faults }),
      ...(arrives !== undefined && { arrives }),
      ...(offersBoth && { offersBoth }),
      ...(leaving && { leaving }),
    } satisfies RunSettings;
    answer(response, '.js', `window.launchSettings = ${JSON.stringify(settings)};\n${player}`);
  };

  const keep = (id: number, body: string, terminates: boolean, response: ServerResponse) => {
    const { run, launch } = runs[id] ?? {};
    if (!run || !launch || run.dead) {
      response.destroy();
      return;
    }
    const values: Values = JSON.parse(body);
    launch.attempt.kept = values;
    launch.attempt.arrivals.push({ values, terminates });
    answer(response, '.txt', 'true');
  };

  const noteCalls = (id: number, body: string, response: ServerResponse) => {
    const { run } = runs[id] ?? {};
    const { from, calls, violations }: { from: number; calls: Call[]; violations: string[] } =
      JSON.parse(body);
    for (const [index, call] of calls.entries()) if (run) run.calls[from + index] = call;
    run?.violations.push(...violations);
    answer(response, '.txt', '');
  };

  const sendPlay = (launch: Launch, path: string, rest: string | undefined, response: ServerResponse) => {
    const at = addresses(launch);
    const own = `/play/${launches.indexOf(launch)}`;
    const level = /^between\/(\d+)$/.exec(rest ?? '')?.[1];
    if (level !== undefined)
      return answer(response, '.html', betweenPage(launch.settings, own, Number(level), at));
    if (rest === 'opener') return answer(response, '.html', openerPage(at));
    if (path !== own) return answer(response, '.txt', 'not found', 404);
    answer(response, '.html', playerPage(launch.settings, own, begin(launch).id, at));
  };

  /** What the tests need works in any weather. */
  const handleOwn = async (
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> => {
    const { pathname: path, search } = url;
    const [, id, what] = /^\/lms\/(\d+)\/(player\.js|calls)$/.exec(path) ?? [];
    if (what === 'player.js') sendPlayer(Number(id), response);
    else if (what === 'calls') noteCalls(Number(id), await bodyOf(request), response);
    else if (path === '/lms/wait') {
      await passes(Number(search.slice(1)));
      answer(response, '.txt', '');
    } else if (path === '/lms/storage.js') {
      const [, script] = Object.entries(storageScripts).find(([kind]) => search === `?${kind}`) ?? [];
      answer(response, '.js', script ?? '');
    } else if (path === '/lms/blank') answer(response, '.html', awayPage);
    else return false;
    return true;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', origin);
    const { pathname: path } = url;
    if (await handleOwn(url, request, response)) return;

    const body = await bodyOf(request);
    if (weather.delay !== undefined) await passes(weather.delay);
    if (weather.network === 'down') {
      request.socket.destroy();
      return;
    }
    const kept = /^\/lms\/(\d+)\/keep$/.exec(path)?.[1];
    if (weather.session === 'lost') return answer(response, '.html', loginPage);
    if (kept !== undefined) {
      if (weather.commits === 'down') answer(response, '.txt', 'error', 500);
      else keep(Number(kept), body, url.search === '?terminates', response);
      return;
    }
    if (path === '/away') return answer(response, '.html', awayPage);
    if (path.startsWith('/content/')) return sendContent(path, response);
    const [, index, rest] = /^\/play\/(\d+)(?:\/(.*))?$/.exec(path) ?? [];
    const launch = index === undefined ? undefined : launches[Number(index)];
    if (launch) sendPlay(launch, path, rest, response);
    else answer(response, '.txt', 'not found', 404);
  };

  const server = await listen(handle);
  const origin = `http://127.0.0.1:${server.port}`;
  const foreign = `http://localhost:${server.port}`;

  return {
    get weather() {
      return weather;
    },
    set weather(next) {
      weather = next;
    },
    origin,
    newAttempt: (edition) => ({ edition, kept: undefined, arrivals: [], runs: [] }),
    prepare(attempt, settings) {
      const launch = { attempt, settings };
      const path = `/play/${launches.push(launch) - 1}`;
      if (settings.api === 'self') return addresses(launch).course;
      return `${settings.api === 'foreign' ? foreign : origin}${path}`;
    },
    stop: () => server.stop(),
  };
}
