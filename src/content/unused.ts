/** What no page of any program uses. Warnings, which keep no course from being built. */
import type { CourseProblem } from '../model/course-problem.ts';
import { type DataFile, definedIds } from '../model/data-file.ts';
import type { MediaFile, ProgramFiles } from './course-files.ts';
import type { Reference } from './examine-page.ts';

/** The files in which something is defined that pages use. */
export interface DefiningFiles {
  readonly sources: DataFile;
  readonly glossary: DataFile;
  readonly checks: DataFile | undefined;
  readonly media: readonly MediaFile[];
  /** The course's folder. */
  readonly dir: string;
}

/**
 * Finds what is defined and never used.
 *
 * @param references those of all programs
 */
export function unusedDefinitions(
  { sources, glossary, checks, media, dir }: DefiningFiles,
  references: readonly Reference[],
): CourseProblem[] {
  const isUsed = (what: Reference['to'], name: string) =>
    references.some(({ to, id }) => to === what && id === name);
  const lists = [
    ['source', 'sources', sources],
    ['term', 'terms', glossary],
    ...(checks ? [['check', 'checks', checks] as const] : []),
  ] as const;
  const defined = lists.flatMap(([what, field, source]) =>
    definedIds(source, [field]).flatMap(({ id, path }): CourseProblem[] => {
      if (isUsed(what, id)) return [];
      const shown = what === 'check';
      return [
        {
          file: source.file,
          ...source.locate(path),
          message: `a ${what} that no page ${shown ? 'shows' : 'uses'}`,
          expected: shown ? `a page with ::check{#${id}}` : `a page that refers to "${id}"`,
          found: 'none',
          hint: `${shown ? 'show' : 'use'} it or remove it`,
        },
      ];
    }),
  );
  const pictures = media.flatMap(({ path }): CourseProblem[] =>
    isUsed('media', path)
      ? []
      : [
          {
            file: `${dir}/${path}`,
            line: 1,
            column: 1,
            message: 'a media file that no page uses',
            expected: `a page with an image "${path}"`,
            found: 'none',
            hint: 'use it or remove it; no package carries it',
          },
        ],
  );
  return [...defined, ...pictures];
}

/**
 * Finds the files in a program's folder that it does not use.
 *
 * @param used paths inside the folder
 */
export function unusedFiles(
  { name, pages, others }: ProgramFiles,
  used: ReadonlySet<string>,
): CourseProblem[] {
  const unused = (file: string, what: string, hint: string): CourseProblem => ({
    file,
    line: 1,
    column: 1,
    message: `a ${what} that the program does not use`,
    expected: `an entry in programs/${name}.yaml that names it`,
    found: 'none',
    hint,
  });
  return [
    ...pages.flatMap(({ file, path }) =>
      used.has(`pages/${path}`) ? [] : [unused(file, 'page', 'add it under "pages", or remove it')],
    ),
    ...others.flatMap(({ shown, path }) =>
      used.has(path) ? [] : [unused(shown, 'file', 'remove it; the only picture of a program is its logo')],
    ),
  ];
}
