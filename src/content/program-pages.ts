/** The pages of a program: those of the course without some, with some of its own, and with some of the texts anew. */
import type { CourseProblem, FilePlace } from '../model/course-problem.ts';
import { type DataFile, definedIds, textsAt, type ValuePath, valueAt } from '../model/data-file.ts';
import { suggest } from '../model/issue-problems.ts';
import { anyHeading, examinePage } from './examine-page.ts';
import { type MarkdownText, readMarkdownAt } from './markdown-text.ts';
import { changePage, type PageSource } from './page-source.ts';

/** A page that only a program has, with its path inside the program's folder `pages/`. */
export interface OwnPage {
  readonly path: string;
  readonly page: PageSource;
}

const idOf = ({ frontMatter }: PageSource): string | undefined => definedIds(frontMatter)[0]?.id;

type Report = (path: ValuePath, what: Omit<CourseProblem, keyof FilePlace>, part?: 'key' | 'value') => void;

const reportIn =
  (source: DataFile, problems: CourseProblem[]): Report =>
  (path, what, part) => {
    problems.push({ file: source.file, ...source.locate(path, part), ...what });
  };

/** A page to add. */
interface Addition {
  readonly own: OwnPage;
  /** Id of its neighbour, and where that is written; undefined where it has been reported that it cannot be read. */
  readonly place:
    | { readonly anchor: string; readonly side: 'after' | 'before'; readonly path: ValuePath }
    | undefined;
}

/** Reads the list of pages to add. */
function readAdditions(source: DataFile, own: readonly OwnPage[], report: Report): Addition[] {
  const list = ['pages', 'add'];
  const entries = valueAt(source.data, list);
  const added = new Set<string>();
  return (Array.isArray(entries) ? entries : []).flatMap((_, index): Addition[] => {
    const path = [...list, index];
    const field = (name: string) => valueAt(source.data, [...path, name]);
    const file = field('file');
    if (typeof file !== 'string') return [];
    const found = own.find((page) => page.path === file);
    if (!found) {
      report([...path, 'file'], {
        message: 'unknown file of a page',
        expected: `a file of the folder ${source.file.replace(/\.yaml$/, '')}/pages/`,
        found: `"${file}"`,
        hint: suggest(
          file,
          own.map((page) => page.path),
        ),
      });
      return [];
    }
    if (added.has(file)) {
      report([...path, 'file'], {
        message: 'a page that is added twice',
        expected: 'each page once',
        found: `"${file}"`,
        hint: 'remove one of the two',
      });
      return [];
    }
    added.add(file);
    const places = (['after', 'before'] as const).filter((side) => field(side) !== undefined);
    const [side] = places;
    if (side === undefined || places.length > 1) {
      report(path, {
        message: side === undefined ? 'a page without a place' : 'a page with two places',
        expected: '"after" with the id of the page before it, or "before" with the id of the page after it',
        found: side === undefined ? 'neither' : 'both',
        hint: side === undefined ? 'add a line "after: …"' : 'remove one of the two',
      });
      return [{ own: found, place: undefined }];
    }
    const anchor = field(side);
    const place = typeof anchor === 'string' ? { anchor, side, path: [...path, side] } : undefined;
    return [{ own: found, place }];
  });
}

/** Puts the pages of a program into their order. A page whose place is not there comes last, and is reported. */
function arrange(
  source: DataFile,
  course: readonly PageSource[],
  own: readonly OwnPage[],
  report: Report,
): PageSource[] {
  const leftOut = textsAt(source, ['pages', 'leave-out']).map(({ text }) => text);
  const pages = course.filter((page) => !leftOut.includes(idOf(page) ?? ''));
  /** The pages that each page was put behind, so that several behind one page keep their order. */
  const behind = new Map<PageSource, readonly PageSource[]>();
  for (const { own: added, place } of readAdditions(source, own, report)) {
    if (!place) {
      pages.push(added.page);
      continue;
    }
    const { anchor, side, path } = place;
    const index = pages.findIndex((page) => idOf(page) === anchor);
    const neighbour = pages[index];
    if (!neighbour) {
      const isLeftOut = course.some((page) => idOf(page) === anchor);
      const known = pages.flatMap((page) => idOf(page) ?? []);
      report(path, {
        message: isLeftOut ? `"${side}" names a page that the program leaves out` : 'unknown page',
        expected: 'the id of a page of the program that comes before this entry',
        found: `"${anchor}"`,
        hint: suggest(anchor, known),
      });
      pages.push(added.page);
    } else if (side === 'before') {
      pages.splice(index, 0, added.page);
    } else {
      behind.set(added.page, [neighbour, ...(behind.get(neighbour) ?? [])]);
      const rest = pages.slice(index + 1);
      const next = rest.findIndex((page) => !behind.get(page)?.includes(neighbour));
      pages.splice(next < 0 ? pages.length : index + 1 + next, 0, added.page);
    }
  }
  return pages;
}

/** The texts that a program puts in the place of parts, by the page where the part stands. */
function readParts(
  source: DataFile,
  course: readonly PageSource[],
  pages: readonly PageSource[],
  problems: CourseProblem[],
): ReadonlyMap<PageSource, ReadonlyMap<string, MarkdownText>> {
  const report = reportIn(source, problems);
  const texts = new Map<PageSource, Map<string, MarkdownText>>();
  const written = valueAt(source.data, ['parts']);
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return texts;
  const has = (id: string) => (page: PageSource) => page.parts.some((part) => part.id === id);
  for (const [id, value] of Object.entries(written)) {
    const path = ['parts', id];
    const text = readMarkdownAt(source, path, value);
    const page = pages.find(has(id));
    if (page) {
      if (text) texts.set(page, new Map([...(texts.get(page) ?? []), [id, text]]));
      continue;
    }
    const elsewhere = course.find(has(id));
    const known = pages.flatMap(({ parts }) => parts.map((part) => part.id));
    const what = elsewhere
      ? {
          message: 'a part of a page that the program leaves out',
          expected: 'a part of a page that the program has',
          found: `"${id}", a part of the page "${idOf(elsewhere)}"`,
          hint: 'remove it',
        }
      : {
          message: 'unknown part',
          expected: 'the id of a part of a page, :::part{#part-id}',
          found: `"${id}"`,
          hint: suggest(id, known),
        };
    report(path, what, 'key');
    // What is wrong with the text itself is told at once.
    if (text) {
      const alone = { body: text, replaced: new Map(), closing: undefined, contact: undefined };
      problems.push(...examinePage(alone, anyHeading).problems);
    }
  }
  return texts;
}

const keyOf = ({ file, line, column, message }: CourseProblem) => `${file}:${line}:${column} ${message}`;

/**
 * Makes the pages of a program, in reading order.
 *
 * @param name the program's name
 * @param source its file
 * @param course the pages of the course
 * @param own the pages that only the program has
 * @param problems gets what is found, but for what is wrong with the pages of the course without the program
 */
export function pagesOfProgram(
  name: string,
  source: DataFile,
  course: readonly PageSource[],
  own: readonly OwnPage[],
  problems: CourseProblem[],
): PageSource[] {
  const pages = arrange(source, course, own, reportIn(source, problems));
  const parts = readParts(source, course, pages, problems);
  const atEnd = (field: 'closing' | 'contact') => {
    const value = valueAt(source.data, [field]);
    return typeof value === 'string' && value.trim() !== ''
      ? readMarkdownAt(source, [field], value)
      : undefined;
  };
  const [closing, contact] = [atEnd('closing'), atEnd('contact')];
  return pages.map((page, index) => {
    const replaced = parts.get(page) ?? new Map<string, MarkdownText>();
    const isLast = index === pages.length - 1;
    const end = isLast ? { closing, contact } : { closing: undefined, contact: undefined };
    if (replaced.size === 0 && !end.closing && !end.contact) return page;
    const changed = changePage(page, { replaced, ...end });
    const known = new Set(examinePage(page).problems.map(keyOf));
    for (const problem of changed.problems) {
      if (known.has(keyOf(problem))) continue;
      const isOwn = problem.file === source.file;
      problems.push(isOwn ? problem : { ...problem, message: `${problem.message} in the program "${name}"` });
    }
    return changed.page;
  });
}
