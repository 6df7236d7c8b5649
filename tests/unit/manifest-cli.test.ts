import { spawn, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { checkStateSize } from '../../manifest/build-packages.ts';
import { formatProblem } from '../../src/model/course-problem.ts';
import { formatNames } from '../../src/model/format-names.ts';

// Each case starts a process of its own.
vi.setConfig({ testTimeout: 30_000 });

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const temporary = await mkdtemp(join(tmpdir(), 'cli-'));
afterAll(() => rm(temporary, { recursive: true }));

/** Runs the command line as `npm run` does, in a folder that holds a `course/`. */
function runIn(cwd: string, ...args: string[]) {
  return spawnSync(process.execPath, ['--import', tsx, resolve('manifest/cli.ts'), ...args], {
    cwd,
    encoding: 'utf8',
  });
}
const run = (...args: string[]) => runIn('.', ...args);

it.each([
  { args: [], complaint: 'a command is missing' },
  { args: ['bild'], complaint: 'unknown command "bild"' },
  { args: ['toString'], complaint: 'unknown command "toString"' },
  { args: ['build', 'all'], complaint: '"build" takes nothing else, found "all"' },
  { args: ['build', '--fast'], complaint: "Unknown option '--fast'" },
  { args: ['build', '--rename'], complaint: '"build" does not take "--rename"' },
  { args: ['check'], complaint: '"check" takes one zip file or more, found none' },
  { args: ['new'], complaint: '"new" takes one folder, found 0' },
  { args: ['new', 'a', 'b'], complaint: '"new" takes one folder, found 2' },
  { args: ['new', 'a', '--out', 'b'], complaint: '"new" does not take "--out"' },
  { args: ['ids', 'pages'], complaint: '"ids" takes nothing else, found "pages"' },
  {
    args: ['ids', '--rename', 'options', 'a/b', 'c/d'],
    complaint: '"--rename" cannot be followed by "options a/b c/d"',
  },
])('the command line $args is refused with the commands that there are', ({ args, complaint }) => {
  const { status, stderr, stdout } = run(...args);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(complaint);
  for (const usage of [
    'build [--program NAME] [--format NAME] [--course DIR] [--out DIR]',
    'dev [--course DIR]',
    'check FILE.zip …',
    'new DIR',
    'ids [--course DIR]',
    'manifest',
    'ids --rename pages OLD NEW',
  ]) {
    expect(stderr).toContain(`\n  ${usage}\n      `);
  }
});

describe('the command "ids"', () => {
  /** A folder with a copy of the small course. */
  async function copy(name: string) {
    const folder = join(temporary, name);
    const course = join(folder, 'course');
    await mkdir(folder);
    await cp('manifest/example-course', course, { recursive: true });
    const ledger = join(course, 'ids.lock.yaml');
    const edit = async (file: string, right: string, wrong: string) => {
      const text = await readFile(join(course, file), 'utf8');
      expect(text).toContain(right);
      await writeFile(join(course, file), text.replaceAll(right, wrong));
    };
    return { folder, ledger, edit, text: () => readFile(ledger, 'utf8') };
  }

  it('numbers what is new and then has nothing to do', async () => {
    const { folder, edit, text } = await copy('new');
    await edit(
      'quiz.yaml',
      '      - id: longjing',
      '      - id: hojicha\n        text: H\n        feedback: F.\n      - id: longjing',
    );
    await writeFile(
      join(folder, 'course/pages/015-milk.md'),
      '---\nid: milk\ntitle: Milk\nminutes: 1\n---\nText.\n',
    );
    const before = await text();

    expect(runIn(folder, 'ids')).toMatchObject({
      status: 0,
      stderr: '',
      stdout:
        'page `milk` is number 5\noption `hojicha` of question `q-cooler` is number 3\ncourse/ids.lock.yaml: commit it with the course\n',
    });
    const after = await text();
    expect(after).toBe(
      before
        .replace('next: 5', 'next: 6')
        .replace('    sugar: 4\n', '    sugar: 4\n    milk: 5\n')
        .replace(/next: 3(?=\n {4}numbers:\n {6}sencha)/, 'next: 4')
        .replace('      longjing: 2\n', '      longjing: 2\n      hojicha: 3\n'),
    );

    expect(runIn(folder, 'ids')).toMatchObject({ status: 0, stderr: '', stdout: 'nothing new\n' });
    expect(await text()).toBe(after);
  });

  it('makes the ledger of a course that has none', async () => {
    const { folder, ledger, text } = await copy('none');
    const before = await text();
    await rm(ledger);
    const { status, stdout } = runIn(folder, 'ids');
    expect(status).toBe(0);
    expect(stdout).toContain('page `water` is number 0\n');
    expect(await text()).toBe(before);
  });

  it('leaves a broken ledger as it is and says what is wrong', async () => {
    const { folder, edit, text } = await copy('broken');
    await edit('ids.lock.yaml', '    time: 1\n', '');
    await edit('pages/010-water.md', 'id: water\n', 'id: rain\n');
    const before = await text();
    for (const args of [['ids'], ['ids', '--rename', 'pages', 'water', 'rain']]) {
      const { status, stdout, stderr } = runIn(folder, ...args);
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr).toContain('course/ids.lock.yaml:12:3  an entry has been deleted');
      expect(stderr).toContain('1 problem in course/');
    }
    expect(await text()).toBe(before);
  });

  it('keeps the numbers of a page, a question and an option that were renamed', async () => {
    const { folder, edit, text } = await copy('renamed');
    // They name what is renamed.
    await rm(join(folder, 'course/programs'), { recursive: true });
    await edit('pages/040-result.md', 'id: result', 'id: outcome');
    await edit('quiz.yaml', 'id: q-water', 'id: q-spring');
    await edit('quiz.yaml', 'id: fresh', 'id: cold');
    const before = await text();
    const rename = (...args: string[]) => runIn(folder, 'ids', '--rename', ...args);
    expect(rename('pages', 'result', 'outcome').stdout).toBe(
      'page `result` is `outcome` now and keeps its number\n',
    );
    expect(rename('questions', 'q-water', 'q-spring').status).toBe(0);
    expect(rename('options', 'q-spring/fresh', 'q-spring/cold').stdout).toBe(
      'option `fresh` of question `q-spring` is `cold` now and keeps its number\n',
    );
    expect(await text()).toBe(
      before
        .replace('result: 3', 'outcome: 3')
        .replaceAll('q-water:', 'q-spring:')
        .replace('fresh: 0', 'cold: 0'),
    );
    expect(runIn(folder, 'ids').stdout).toBe('nothing new\n');

    const after = await text();
    const slip = rename('pages', 'watr', 'rain');
    expect(slip).toMatchObject({ status: 1, stdout: '' });
    expect(slip.stderr).toBe('page `watr` is not in the ledger; did you mean "water"?\n');
    expect(await text()).toBe(after);
  });

  it('numbers what it can read of a course with problems, and says that there are some', async () => {
    const { folder, edit } = await copy('problems');
    await edit('pages/020-time.md', 'id: time\ntitle: Time', 'id: tea-time\ntitle: Time: how long');
    await edit('pages/030-quiz.md', 'id: quiz', 'id: test');
    expect(runIn(folder, 'ids')).toMatchObject({
      status: 0,
      stdout:
        'page `test` is number 5\ncourse/ids.lock.yaml: commit it with the course\ncourse/ has problems: npm run build lists them\n',
    });
  });
});

describe('what the disk does not let be done', () => {
  it.each([
    [['build', '--course', 'nowhere'], 'there is no course in "nowhere"', 'no such folder'],
    [['ids', '--course', 'package.json'], 'there is no course in "package.json"', 'a file'],
    [['build', '--format', 'web', '--out', 'package.json/dist'], 'cannot use "', 'ENOTDIR'],
  ])('is said in four lines, without a stack: %j', (args, complaint, found) => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(complaint);
    expect(stderr).toContain(found);
    expect(stderr.trimEnd().split('\n')).toHaveLength(4);
  });
});

describe('the command "dev"', () => {
  it('serves any course while it is being written', async () => {
    const args = ['--import', tsx, 'manifest/cli.ts', 'dev', '--course', 'manifest/example-course'];
    const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      let said = '';
      for await (const chunk of server.stdout.iterator({ destroyOnReturn: false })) {
        said += stripVTControlCharacters(String(chunk));
        if (/http:\S+/.test(said)) break;
      }
      const answer = await fetch(/http:\S+/.exec(said)?.[0] ?? '');
      expect(await answer.text()).toContain('A cup of tea');
    } finally {
      server.kill();
    }
  });
});

describe('the command "new"', () => {
  it('begins a course that builds without a word of complaint, and is another one every time', async () => {
    const folder = join(temporary, 'begun');
    await mkdir(folder);
    const begin = async (name: string) => {
      expect(runIn(folder, 'new', name)).toMatchObject({ status: 0, stderr: '' });
      const text = await readFile(join(folder, name, 'course.yaml'), 'utf8');
      const [id, iri] = ['id', 'iri'].map((key) => RegExp(`^${key}: (\\S+)`, 'm').exec(text)?.[1]);
      return { id, iri };
    };
    const [first, second] = [await begin('first-steps'), await begin('second')];
    expect(first).toEqual({ id: 'first-steps', iri: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/) });
    expect(second.iri).not.toBe(first.iri);

    const built = runIn(folder, 'build', '--course', 'first-steps');
    expect(built).toMatchObject({ status: 0, stderr: '' });
    const zips = [
      ...formatNames.map((format) => `dist/default/first-steps-1.0.0-${format}.zip`),
      'dist/short/first-steps-1.0.0-scorm12.zip',
      'dist/short/first-steps-1.0.0-web.zip',
      'dist/strict/first-steps-1.0.0-cmi5.zip',
    ];
    for (const zip of zips) expect(built.stdout).toContain(`${zip}  `);
    const packages = zips.filter((zip) => !zip.endsWith('-web.zip'));
    const checked = runIn(folder, 'check', ...packages);
    expect(checked).toMatchObject({ status: 0, stderr: '' });

    const misspelled = runIn(folder, 'check', 'dist/corse.zip', ...packages.slice(0, 1));
    expect(misspelled).toMatchObject({ status: 1, stderr: '' });
    expect(misspelled.stdout).toContain('found     nothing of that name');
    expect(misspelled.stdout).toContain(`${packages[0]}: `);
  });

  it.each([
    ['My Course', 'found     the name "My Course"'],
    ['full', 'found     the file notes in it'],
    ['full/notes.txt', 'found     the name "notes.txt"'],
    ['full/notes', 'found     Error: EEXIST'],
  ])('touches nothing where it cannot begin one: %s', async (name, found) => {
    const folder = join(temporary, 'refused');
    await mkdir(join(folder, 'full'), { recursive: true });
    await writeFile(join(folder, 'full/notes.txt'), 'Mine.\n');
    await writeFile(join(folder, 'full/notes'), 'Mine.\n');
    const { status, stdout, stderr } = runIn(folder, 'new', name);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(found);
    expect(stderr).toContain('hint');
    expect(await readFile(join(folder, 'full/notes.txt'), 'utf8')).toBe('Mine.\n');
  });
});

describe('the state of a learner', () => {
  it.each([
    [4096, formatNames, []],
    [4097, formatNames, ['SCORM 1.2']],
    [64_000, formatNames, ['SCORM 1.2']],
    [64_001, formatNames, ['SCORM 1.2', 'SCORM 2004 3rd Edition', 'SCORM 2004 4th Edition']],
    [64_001, ['scorm2004', 'web'], ['SCORM 2004 4th Edition']],
    [64_001, ['web'], []],
  ] as const)('of %d characters in %j is too large for %j', (size, formats, titles) => {
    const state = { program: 'default', size, formats };
    expect(checkStateSize('course', state).map(({ message }) => message)).toEqual(
      titles.map(
        (title) => `the state of a learner of the program "default" can become too large for ${title}`,
      ),
    );
  });

  it('that is too large is a warning that says what is lost first', () => {
    expect(
      checkStateSize('course', { program: 'short', size: 5120, formats: ['scorm12'] })
        .map(formatProblem)
        .join('\n'),
    ).toMatchInlineSnapshot(`
      "course/course.yaml:1:1  the state of a learner of the program "short" can become too large for SCORM 1.2
        expected  at most 4,096 characters
        found     up to 5,120
        hint      until it fits, this is not kept, in this order: how long answers took, when they were given, the place on the page, then single answers and pages; make two courses of it"
    `);
  });
});
