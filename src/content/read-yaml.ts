/** Reads YAML so that every value's place in the file stays known. */
import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { CourseProblem } from '../model/course-problem.ts';
import type { DataFile, ValuePath } from '../model/parse-course.ts';

/** Stands for a file that is missing or cannot be read, a problem that its reader has reported. */
export function unreadable(file: string): DataFile {
  return { file, data: undefined, locate: () => ({ line: 1, column: 1 }) };
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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });

  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: line + linesBefore, column: col };
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

  return {
    source: { file, data: document.errors.length > 0 ? undefined : document.toJS(), locate },
    problems: document.errors.map((error) => ({
      file,
      ...place(error.pos[0]),
      message: 'this is not valid YAML',
      expected: 'YAML 1.2',
      found: error.message.split('\n')[0] ?? error.code,
      hint: 'check indentation, quotes and colons; put text that holds ": " in quotes',
    })),
  };
}
