/** What a schema finds wrong, said to an author: issues of valibot as problems. Build time only. */
import { closest, distance } from 'fastest-levenshtein';
import * as v from 'valibot';
import type { CourseProblem } from './course-problem.ts';
import { type DataFile, type ValuePath, valueAt } from './data-file.ts';

/** The name in `known` that an author who wrote `found` probably meant; undefined where none is close. */
export function similar(found: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(found, known);
  const apart = distance(found, nearest);
  return apart < found.length && apart <= Math.max(2, found.length / 3) ? nearest : undefined;
}

/** Words a hint "did you mean …?" where something close to `found` is known, else lists what is known. */
export function suggest(found: string, known: readonly string[]): string {
  if (known.length === 0) return 'none is defined yet';
  const meant = similar(found, known);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  const more = known.length - 12;
  return `known: ${known.slice(0, 12).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The part of `schema` that describes the value at `path` of `data`. Follows objects, records, lists and kinds of item. */
function schemaAt(schema: unknown, data: unknown, path: ValuePath): unknown {
  const optional = valueAt(schema, ['wrapped']);
  if (optional !== undefined) return schemaAt(optional, data, path);
  const kinds = valueAt(schema, ['type']) === 'variant' ? valueAt(schema, ['options']) : undefined;
  if (Array.isArray(kinds)) {
    const kind = valueAt(data, ['kind']);
    const ofKind: unknown = kinds.find((each) => valueAt(each, ['entries', 'kind', 'literal']) === kind);
    return schemaAt(ofKind, data, path);
  }
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const record = valueAt(schema, ['type']) === 'record';
  const inside = valueAt(schema, typeof key === 'number' ? ['item'] : record ? ['value'] : ['entries', key]);
  return schemaAt(inside, valueAt(data, [key]), rest);
}

const plainTypes = new Map([
  ['string', 'text'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['Array', 'a list, each entry after "- "'],
  ['Object', 'fields, each as "name: value" on a line of its own'],
]);

/** Words a type as valibot names it, such as `("all" | "none")`, for an author. */
const inWords = (expected: string): string =>
  expected
    .replaceAll(/^\(|\)$/g, '')
    .split(' | ')
    .map((type) => plainTypes.get(type) ?? type)
    .join(' or ');

/** Shows what an author wrote as a value, cut where it is long. */
export function show(value: unknown): string {
  if (value === null) return 'nothing';
  const shown = JSON.stringify(value) ?? 'nothing';
  return shown.length > 80 ? `${shown.slice(0, 79)}…` : shown;
}

type Issue = v.BaseIssue<unknown>;

/** Makes an id like those of the course from what stands in its place: `My id` → `my-id`. */
const asId = (input: string, joiner: '-' | '_'): string =>
  input
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== '')
    .join(joiner)
    .slice(0, 40);

function hintFor({ kind, expected, input, message }: Issue, field: string): string {
  const otherwise = `change the value of ${field}`;
  if (input === null) return `write the value of ${field} after its colon`;
  if (kind === 'validation') {
    const id = field === '"id"' ? asId(String(input), message.includes('_') ? '_' : '-') : '';
    return id === '' ? otherwise : `write "${id}", for example`;
  }
  if (expected === 'string' && typeof input !== 'object') return `put it in quotes: "${String(input)}"`;
  if (expected === 'number' && typeof input === 'string') return 'write a number without quotes';
  if (expected === 'boolean') return 'write true or false without quotes';
  const choices = [...(expected ?? '').matchAll(/"([^"]+)"/g)].map(([, choice]) => choice ?? '');
  const meant = typeof input === 'string' ? similar(input, choices) : undefined;
  return meant === undefined ? otherwise : `did you mean "${meant}"?`;
}

/** Words an issue for the author. An issue about an unknown field stands for all unknown fields of its object. */
export function problemsOf(schema: unknown, source: DataFile, issue: Issue): CourseProblem[] {
  const path: ValuePath = (issue.path ?? []).flatMap(({ key }) =>
    typeof key === 'string' || typeof key === 'number' ? [key] : [],
  );
  const last = path.at(-1);
  const field = typeof last === 'number' ? `entry ${last + 1} of "${path.at(-2)}"` : `"${last}"`;
  const at = { file: source.file, ...source.locate(path) };

  if (issue.type === 'raw_check') {
    return [
      {
        ...at,
        message: issue.message,
        expected: issue.expected ?? 'what the message says',
        found: issue.received,
        hint: 'correct it in this question',
      },
    ];
  }
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    const owner = path.slice(0, -1);
    const present = Object.keys(valueAt(source.data, owner) ?? {});
    const allowed = Object.keys(valueAt(schemaAt(schema, source.data, owner), ['entries']) ?? {});
    const free = allowed.filter((name) => !present.includes(name));
    return present
      .filter((name) => !allowed.includes(name))
      .map((name) => {
        const meant = similar(name, free);
        return {
          file: source.file,
          ...source.locate([...owner, name], 'key'),
          message: `unknown field "${name}"`,
          expected: `only the fields ${allowed.join(', ')}`,
          found: `"${name}"`,
          hint: meant === undefined ? 'remove it' : `did you mean "${meant}"?`,
        };
      });
  }
  if (last === undefined) {
    const fields = Object.keys(valueAt(schema, ['entries']) ?? {});
    return [
      {
        ...at,
        message: 'there are no fields here',
        expected: `the ${fields.length === 1 ? 'field' : 'fields'} ${fields.join(', ')}`,
        found: show(issue.input),
        hint: `start with "${fields[0]}: …"`,
      },
    ];
  }
  if (issue.input === undefined) {
    const expected = valueAt(schemaAt(schema, source.data, path), ['expects']) ?? issue.expected;
    return [
      {
        ...at,
        message: `missing field ${field}`,
        expected: `${field}: ${inWords(String(expected))}`,
        found: 'no such field',
        hint: `add a line "${last}: …"`,
      },
    ];
  }
  return [
    {
      ...at,
      message: `the value of ${field} cannot be used`,
      expected: issue.kind === 'validation' ? issue.message : inWords(issue.expected ?? issue.message),
      found: show(issue.input),
      hint: hintFor(issue, field),
    },
  ];
}

/** Checks `source` against `schema`; adds to `problems` what does not fit, and returns the value if all does. */
export function check<S extends v.GenericSchema>(
  schema: S,
  source: DataFile,
  problems: CourseProblem[],
): v.InferOutput<S> | undefined {
  if (source.data === undefined) return undefined;
  const result = v.safeParse(schema, source.data);
  if (result.success) return result.output;
  problems.push(...result.issues.flatMap((issue) => problemsOf(schema, source, issue)));
  return undefined;
}
