/**
 * What a program must be beyond what its schema asks for: together with the course that it changes. On unchecked data, so
 * that one problem does not hide another, and only where the course itself is not to blame. Build time only.
 */
import { checkDraw, many, poolOf, type Report, reportTo, takeawaysAsked } from './check-questions.ts';
import type { CourseProblem } from './course-problem.ts';
import { type DataFile, definedIds, textsAt, type ValuePath, valueAt } from './data-file.ts';
import { suggest } from './issue-problems.ts';
import type { PageData } from './parse-course.ts';

/** A program and the course that it changes, as far as their files can be read. */
export interface ProgramView {
  readonly program: DataFile;
  readonly course: DataFile;
  readonly quiz: DataFile | undefined;
  /** The pages of the course. */
  readonly coursePages: readonly PageData[];
  /** The pages of the program, in reading order. */
  readonly pages: readonly PageData[];
}

/** Whether a page is one of the course, with whatever texts. */
const isAmong = (pages: readonly PageData[], { frontMatter }: PageData): boolean =>
  pages.some((page) => page.frontMatter === frontMatter);

const idOf = ({ frontMatter }: PageData): string | undefined => definedIds(frontMatter)[0]?.id;

const leftOutPages: ValuePath = ['pages', 'leave-out'];
const leftOutQuestions: ValuePath = ['questions', 'leave-out'];

/** Reports every entry of a list of what is left out that is not there or stands twice. */
function checkLeftOut(
  source: DataFile,
  path: ValuePath,
  what: 'page' | 'question',
  known: readonly string[],
  report: Report,
): void {
  const entries = textsAt(source, path);
  for (const [index, { text, path: at }] of entries.entries()) {
    if (!known.includes(text)) {
      report(source, at, {
        message: `unknown ${what}`,
        expected: what === 'page' ? 'the id of a page of the course' : 'the id of a question in quiz.yaml',
        found: `"${text}"`,
        hint: suggest(text, known),
      });
    } else if (entries.findIndex((entry) => entry.text === text) < index) {
      report(source, at, {
        message: `a ${what} that is left out twice`,
        expected: `each ${what} once`,
        found: `"${text}"`,
        hint: 'remove it, or write the id that was meant',
      });
    }
  }
}

/** The effective value of a field that a program may change. */
const effective = ({ program, course }: ProgramView, path: ValuePath): unknown =>
  valueAt(program.data, path) ?? valueAt(course.data, path);

/** Reports what a program without a quiz cannot have. */
function checkWithoutQuiz(view: ProgramView, quizPage: PageData, problems: CourseProblem[]): void {
  const report = reportTo(problems);
  const { program, coursePages, pages } = view;
  const quizId = idOf(quizPage);
  const entry = textsAt(program, leftOutPages).find(({ text }) => text === quizId);
  // Where no page is left out, a part is that showed the quiz.
  const leftOutAt = entry?.path ?? ['parts'];

  const own = valueAt(program.data, ['completion', 'quiz']);
  const asked = effective(view, ['completion', 'quiz']);
  if (asked === 'passed' || asked === 'submitted') {
    report(program, own === undefined ? leftOutAt : ['completion', 'quiz'], {
      message: 'completion asks for a quiz that the program does not have',
      expected: '"quiz: none" under "completion", or a page with ::quiz',
      found: `"quiz: ${asked}"${own === undefined ? ' in course.yaml' : ''}, and no page with ::quiz`,
      hint: own === undefined ? 'write "completion: { quiz: none }"' : 'write "quiz: none"',
    });
  }
  for (const page of pages.filter(({ kind }) => kind === 'result')) {
    const text = {
      message: 'a program without a quiz shows its result',
      expected: 'no page with ::result where there is no page with ::quiz',
      found: `the page "${idOf(page)}"`,
    };
    if (isAmong(coursePages, page)) {
      report(program, leftOutAt, { ...text, hint: `leave out "${idOf(page)}" too` });
    } else problems.push({ ...page.kindAt, ...text, hint: 'remove ::result' });
  }
  for (const field of ['questions', 'passing']) {
    if (valueAt(program.data, [field]) === undefined) continue;
    const text = {
      message: `"${field}" has no effect here`,
      expected: 'no such field in a program without a quiz',
      found: `"${field}", and no page with ::quiz`,
      hint: 'remove it, or keep the page with ::quiz',
    };
    report(program, [field], text, 'key');
  }
}

/** Reports where a try cannot ask as many questions as it should because the program leaves some out. */
function checkAsked({ program, course }: ProgramView, quiz: DataFile, report: Report): void {
  const known = definedIds(course, ['takeaways']).map(({ id }) => id);
  const leftOut = textsAt(program, leftOutQuestions).map(({ text }) => text);
  const there = takeawaysAsked(quiz, known);
  const left = takeawaysAsked(quiz, known, leftOut);
  if (there.length > 0 && left.length === 0) {
    report(program, leftOutQuestions, {
      message: 'the quiz has no questions',
      expected: 'at least 1 question, or the page with ::quiz left out',
      found: 'all questions left out',
      hint: 'keep some questions, or leave out the page of the quiz',
    });
    return;
  }
  const own = ['questions', 'draw'];
  if (valueAt(program.data, own) !== undefined) {
    checkDraw(program, own, left, known, report, () => 'leave fewer questions of it out');
    return;
  }
  const draw = valueAt(quiz.data, ['rules', 'draw']);
  const [before, after] = [poolOf(there), poolOf(left)];
  for (const takeaway of before.keys()) {
    const count = typeof draw === 'number' ? draw : valueAt(draw, [takeaway]);
    const [had, has] = [before.get(takeaway) ?? 0, after.get(takeaway) ?? 0];
    // One number for all is a number for those takeaways that have questions.
    const isAsked = typeof draw !== 'number' || has > 0;
    if (typeof count !== 'number' || count > had || count <= has || !isAsked) continue;
    report(program, leftOutQuestions, {
      message: 'the program leaves fewer questions than a try asks',
      expected: `at least ${count} for the takeaway "${takeaway}", as quiz.yaml draws`,
      found: `${many(has)} with "takeaway: ${takeaway}"`,
      hint: 'leave fewer of them out, or write a "draw" of the program under "questions"',
    });
  }
}

/** Reports where a program would be completed before anything has been done. */
function checkCompletion(view: ProgramView, report: Report): void {
  const asksFor = (field: string) => effective(view, ['completion', field]) !== 'none';
  const isOwn = valueAt(view.program.data, ['completion']) !== undefined;
  const hasLessons = view.pages.some(({ kind }) => kind === 'lesson');
  if (asksFor('quiz') || (asksFor('pages') && hasLessons)) return;
  // Then the course asks for nothing by itself, and is told so.
  if (!isOwn && hasLessons) return;
  report(view.program, isOwn ? ['completion'] : leftOutPages, {
    message: 'completion asks for nothing',
    expected: '"pages: all" and pages to read, or a quiz that is "passed" or "submitted"',
    found: asksFor('pages') ? '"pages: all", and no page to read' : '"none" for both',
    hint: 'the course would be completed as soon as it is opened',
  });
}

/**
 * Checks what a program changes against the course. Its pages and texts are not checked here, nor its brand.
 *
 * @param problems gets what is found
 */
export function checkProgram(view: ProgramView, problems: CourseProblem[]): void {
  const { program, course, quiz, coursePages, pages } = view;
  const report = reportTo(problems);
  const known = coursePages.flatMap((page) => idOf(page) ?? []);
  checkLeftOut(program, leftOutPages, 'page', known, report);
  if (coursePages.length > 0 && pages.length === 0) {
    report(program, leftOutPages, {
      message: 'the program has no pages',
      expected: 'at least 1 page',
      found: 'all pages left out',
      hint: 'keep a page, or add one',
    });
    return;
  }

  for (const kind of ['quiz', 'result'] as const) {
    const own = pages.filter((page) => page.kind === kind);
    const other = own.find((page) => !isAmong(coursePages, page)) ?? own[1];
    if (own.length < 2 || !other || coursePages.filter((page) => page.kind === kind).length > 1) continue;
    problems.push({
      ...other.kindAt,
      message: `a second page with ::${kind} in the program`,
      expected: `one page with ::${kind}`,
      found: `the pages ${own.map((page) => `"${idOf(page)}"`).join(' and ')}`,
      hint: 'leave out one of the pages',
    });
  }

  const quizPage = coursePages.find(({ kind }) => kind === 'quiz');
  const hasQuiz = pages.some(({ kind }) => kind === 'quiz');
  if (quizPage && !hasQuiz) checkWithoutQuiz(view, quizPage, problems);
  else if (quiz?.data !== undefined) {
    const questions = definedIds(quiz, ['items']).map(({ id }) => id);
    checkLeftOut(program, leftOutQuestions, 'question', questions, report);
    if (course.data !== undefined) checkAsked(view, quiz, report);
  }
  if (course.data !== undefined) checkCompletion(view, report);
}
