import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { checkStateSize } from '../../manifest/build-packages.ts';
import { formatProblem } from '../../src/model/course-problem.ts';

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
  expect(stderr).toContain('  build     make a package of every format in dist/');
  expect(stderr).toContain('  manifest  rewrite imsmanifest.xml of the default package');
  expect(stderr).toContain('  ids       number what is new in course/ in course/ids.lock.yaml');
  expect(stderr).toContain('  ids --rename pages OLD NEW');
});

describe('the command "ids"', () => {
  /** A folder with a copy of the small course. */
  async function copy(name: string) {
    const folder = join(temporary, name);
    const course = join(folder, 'course');
    await mkdir(folder);
    await cp('tests/fixtures/courses/small', course, { recursive: true });
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
        'page `milk` is number 4\noption `hojicha` of question `q-cooler` is number 3\ncourse/ids.lock.yaml: commit it with the course\n',
    });
    const after = await text();
    expect(after).toBe(
      before
        .replace('next: 4', 'next: 5')
        .replace('    result: 3\n', '    result: 3\n    milk: 4\n')
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
        'page `test` is number 4\ncourse/ids.lock.yaml: commit it with the course\ncourse/ has problems: npm run build lists them\n',
    });
  });
});

describe('the state of a learner', () => {
  it.each([
    [4096, []],
    [4097, ['SCORM 1.2']],
    [64_000, ['SCORM 1.2']],
    [64_001, ['SCORM 1.2', 'SCORM 2004 4th Edition']],
  ])('of %d characters is too large for %j', (size, titles) => {
    expect(checkStateSize('course/course.yaml', size).map(({ message }) => message)).toEqual(
      titles.map((title) => `the state of a learner can become too large for ${title}`),
    );
  });

  it('that is too large is a warning that says what is lost first', () => {
    expect(checkStateSize('course/course.yaml', 5120).map(formatProblem).join('\n')).toMatchInlineSnapshot(`
      "course/course.yaml:1:1  the state of a learner can become too large for SCORM 1.2
        expected  at most 4,096 characters
        found     up to 5,120
        hint      until it fits, this is not kept, in this order: how long answers took, when they were given, the place on the page, then single answers and pages; make two courses of it"
    `);
  });
});
