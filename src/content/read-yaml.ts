/** Reads YAML so that every value's place in the file stays known. */
import { type ErrorCode, isMap, isNode, isScalar, parseDocument, visit } from 'yaml';
import type { CourseProblem, Place } from '../model/course-problem.ts';
import type { DataFile, ValuePath } from '../model/data-file.ts';

/** Stands for a file that is missing or cannot be read, a problem that its reader has reported. */
export function unreadable(file: string): DataFile {
  return { file, data: undefined, locate: () => ({ line: 1, column: 1 }) };
}

/** Errors that the parser words for programmers. */
const plainErrors = new Map<ErrorCode, string>([
  ['BLOCK_AS_IMPLICIT_KEY', 'a second ": " in one line'],
  ['MULTIPLE_DOCS', 'a line "---" in the middle'],
  ['DUPLICATE_KEY', 'a field that is there already'],
]);

/**
 * Parses `text` (YAML 1.2).
 *
 * @param file the file's path as authors know it
 * @param text the YAML
 * @param linesBefore how many lines of the file stand before `text` (front matter starts below a `---`)
 * @returns the data, undefined where the syntax has problems, and these problems
 */
export function readYaml(
  file: string,
  text: string,
  linesBefore = 0,
): { readonly source: DataFile; readonly problems: readonly CourseProblem[] } {
  const unmerged = /^<{7} .*$/m.exec(text);
  if (unmerged) {
    const problem = {
      file,
      line: text.slice(0, unmerged.index).split('\n').length + linesBefore,
      column: 1,
      message: 'a merge left two versions of these lines',
      expected: 'one version',
      found: unmerged[0].trimEnd(),
      hint: 'keep the lines that are right and remove the lines that start with <<<<<<<, ======= and >>>>>>>',
    };
    return { source: unreadable(file), problems: [problem] };
  }
  const document = parseDocument(text, { prettyErrors: false });

  // Counted here: the library's LineCounter loses lines behind some syntax errors.
  const place = (offset: number): Place => {
    const before = text.slice(0, offset).split('\n');
    return { line: before.length + linesBefore, column: (before.at(-1)?.length ?? 0) + 1 };
  };

  const locate: DataFile['locate'] = (path: ValuePath, part = 'value') => {
    let node: unknown = document.contents;
    let offset = 0;
    for (const [depth, step] of path.entries()) {
      if (isNode(node) && node.range) offset = node.range[0];
      if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
        if (!pair) return place(offset);
        if (part === 'key' && depth === path.length - 1 && isNode(pair.key) && pair.key.range) {
          return place(pair.key.range[0]);
        }
        node = pair.value;
      } else {
        node = document.getIn(path.slice(0, depth + 1), true);
      }
    }
    return place(isNode(node) && node.range ? node.range[0] : offset);
  };

  const problems: CourseProblem[] = document.errors.map((error) => ({
    file,
    ...place(error.pos[0]),
    message: 'this is not valid YAML',
    expected: 'YAML 1.2',
    found: plainErrors.get(error.code) ?? error.message.split('\n')[0] ?? error.code,
    hint: 'check indentation, quotes and colons; put text that holds ": " in quotes',
  }));
  visit(document, {
    Alias(_key, { source, range }) {
      problems.push({
        file,
        ...place(range?.[0] ?? 0),
        message: 'text that starts with "*" has no quotes',
        expected: 'quotes around it, because YAML gives "*" a meaning of its own',
        found: `*${source}`,
        hint: `write "*${source}…"; if * stands for emphasis, leave it out: texts in YAML are plain`,
      });
    },
  });

  return { source: { file, data: problems.length > 0 ? undefined : document.toJS(), locate }, problems };
}
