/** Reads one page: Markdown with front matter and the course's directives, and what is wrong with it. */
import type { CourseProblem } from '../model/course-problem.ts';
import type { PageData } from '../model/parse-course.ts';
import { examinePage, type PageFacts, type PageTexts } from './examine-page.ts';
import { readMarkdownFile } from './markdown-text.ts';
import { readYaml, unreadable } from './read-yaml.ts';

/** A page as read, or as a program has it. */
export interface PageSource extends PageData, PageFacts, PageTexts {}

/** A page, and every problem that can be seen in it alone. */
export interface PageResult {
  readonly page: PageSource;
  readonly problems: readonly CourseProblem[];
}

/** Reads a page. References are collected, not followed: that needs the other files. */
export function readPage(file: string, markdown: string): PageResult {
  const body = readMarkdownFile(file, markdown);
  const problems: CourseProblem[] = [];
  const first = body.tree.children[0];
  const front =
    first?.type === 'yaml'
      ? readYaml(file, first.value, first.position?.start.line ?? 1)
      : { source: unreadable(file), problems: [] };
  problems.push(...front.problems);
  if (first?.type !== 'yaml') {
    const start = markdown.split(/\r?\n/)[0];
    problems.push({
      file,
      line: 1,
      column: 1,
      message: 'the page has no front matter',
      expected: 'a first line "---", then id, title and minutes, then a line "---"',
      found: markdown.trim() === '' ? 'an empty file' : `a first line "${start}"`,
      hint:
        start === '---'
          ? 'close it with a second line "---"'
          : 'copy the head of another page and change its values',
    });
  }
  const texts: PageTexts = { body, replaced: new Map(), closing: undefined, contact: undefined };
  const { facts, problems: found } = examinePage(texts);
  return {
    page: { frontMatter: front.source, ...texts, ...facts },
    problems: [...problems, ...found],
  };
}

/** The page with other texts in some places. The problems are all that it then has. */
export function changePage(page: PageSource, change: Partial<Omit<PageTexts, 'body'>>): PageResult {
  const texts: PageTexts = { ...page, ...change };
  const { facts, problems } = examinePage(texts);
  return { page: { ...page, ...change, ...facts }, problems };
}
