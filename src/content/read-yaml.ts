/** Reads YAML so that every value's place in the file stays known. */
import { type ErrorCode, isMap, isNode, isScalar, parseDocument, type Scalar, visit } from 'yaml';
import type { CourseProblem, Place } from '../model/course-problem.ts';
import type { DataFile, ValuePath } from '../model/data-file.ts';

const atTheTop = {
  locate: () => ({ line: 1, column: 1 }),
  within: () => ({ line: 1, column: 1 }),
} satisfies Pick<DataFile, 'locate' | 'within'>;

/** Stands for a file that is missing or cannot be read, a problem that its reader has reported. */
export function unreadable(file: string): DataFile {
  return { file, data: undefined, ...atTheTop };
}

/** Stands for a file that may be missing: one with no field in it. */
export function withoutFields(file: string): DataFile {
  return { file, data: {}, ...atTheTop };
}

/** Errors that the parser words for programmers. */
const plainErrors = new Map<ErrorCode, string>([
  ['BLOCK_AS_IMPLICIT_KEY', 'a second ": " in one line'],
  ['MULTIPLE_DOCS', 'a line "---" in the middle'],
  ['DUPLICATE_KEY', 'a field that is there already'],
]);

/**
 * How far the first character of a text stands from the beginning of its value; undefined where places in the text are not
 * places in the file, as in a text that YAML folds.
 *
 * @param written the value as it stands in the file
 */
function shiftOf({ type, value }: Scalar, written: string): { lines: number; columns: number } | undefined {
  if (typeof value !== 'string') return undefined;
  if (type === 'BLOCK_LITERAL') {
    // Its first line holds the sign "|" only; every other one is indented alike.
    const lines = value.split('\n');
    const first = lines.findIndex((line) => line !== '');
    const line = written.split('\n')[first + 1]?.replace(/\r$/, '') ?? '';
    return { lines: 1, columns: Math.max(0, line.length - (lines[first] ?? '').length) };
  }
  if (written.includes('\n') || !written.includes(value)) return undefined;
  return { lines: 0, columns: type === 'PLAIN' ? 0 : 1 };
}

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

  const within: DataFile['within'] = (path, inner) => {
    const node = document.getIn(path, true);
    if (!isScalar(node) || !node.range) return locate(path);
    const [start, end] = node.range;
    const from = place(start);
    const shift = shiftOf(node, text.slice(start, end));
    if (!shift) return from;
    const line = from.line + shift.lines + inner.line - 1;
    const length = (text.split('\n')[line - 1 - linesBefore] ?? '').trimEnd().length;
    return {
      line,
      column: Math.min(inner.column + (shift.lines === 0 ? from.column - 1 : 0) + shift.columns, length + 1),
    };
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

  return {
    source: { file, data: problems.length > 0 ? undefined : document.toJS(), locate, within },
    problems,
  };
}
