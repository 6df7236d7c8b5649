/** A file of data as its author wrote it: unchecked values, each with its place. */
import type { Place } from './course-problem.ts';

/** Keys that lead to a value inside a file, from its root. */
export type ValuePath = readonly (string | number)[];

/** A file's data together with the knowledge of where each value stands. */
export interface DataFile {
  /** Path of the file as the author knows it. */
  readonly file: string;
  /** Undefined where the file cannot be read; then whoever read it has reported why. */
  readonly data: unknown;
  /**
   * Where the value at `path` stands, or else the nearest value that contains it. With `key`, where the
   * name of the field stands rather than its value.
   */
  locate(path: ValuePath, part?: 'key' | 'value'): Place;
  /**
   * Where in the file the place `inner` of the text at `path` stands: a text of several lines has lines of its own. As near as
   * the way it is written lets one tell.
   */
  within(path: ValuePath, inner: Place): Place;
}

/** The value at `path` of data that has not been checked. */
export function valueAt(data: unknown, path: ValuePath): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    data,
  );
}

/** A text in a list, and the path that leads to it. */
export interface Entry {
  readonly text: string;
  readonly path: ValuePath;
}

/** The texts of the list at `path`, whatever else is wrong in it. */
export function textsAt(source: DataFile, path: ValuePath): Entry[] {
  const entries = valueAt(source.data, path);
  return (Array.isArray(entries) ? entries : []).flatMap((entry: unknown, index) =>
    typeof entry === 'string' ? [{ text: entry.trim(), path: [...path, index] }] : [],
  );
}

/** An id and the place where it is given to something. */
export interface Definition {
  readonly id: string;
  readonly source: DataFile;
  readonly path: ValuePath;
}

/**
 * Ids that a file defines, whatever else is wrong in it: those of the entries of the list at `list`, or without
 * `list` the file's own.
 */
export function definedIds(source: DataFile, list?: ValuePath): Definition[] {
  const entries = list === undefined ? undefined : valueAt(source.data, list);
  const owners: ValuePath[] =
    list === undefined ? [[]] : Array.isArray(entries) ? entries.map((_, index) => [...list, index]) : [];
  return owners.flatMap((owner) => {
    const path = [...owner, 'id'];
    const id = valueAt(source.data, path);
    return typeof id === 'string' ? [{ id, source, path }] : [];
  });
}
