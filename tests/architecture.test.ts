/** Holds the house to its plan: which room may import which, and what never ships to a learner. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Which rooms a room may import, beside itself. The table of the architecture, kept here and nowhere else. */
const mayImport: Record<string, readonly string[]> = {
  items: [],
  model: ['items'],
  attempt: ['model', 'items'],
  tracking: ['attempt', 'model', 'items'],
  elements: ['attempt', 'model', 'items'],
  content: ['model', 'items'],
  manifest: ['content', 'attempt', 'model'],
  preview: [],
  entries: ['main', 'tracking'],
  main: ['items', 'model', 'attempt', 'tracking', 'elements', 'styles'],
};

/** Rooms that must run anywhere: no browser, no Node, no UI library. */
const pureRooms = ['items', 'model', 'attempt'];

/** Rooms that may know Lit; the preview is the other side of the wire and has a frame of its own. */
const litRooms = ['elements', 'preview', 'main'];

/** Packages that may be part of the script that ships. */
const shippedPackages = ['lit', '@lit/context'];

interface SourceFile {
  /** Path from the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const roomOf = (path: string): string => {
  const [top, second] = path.split('/');
  if (top !== 'src') return top ?? '';
  return second === 'main.ts' ? 'main' : (second ?? '');
};

/** What a file imports, types included; relative imports as paths from the root. */
function importsOf({
  path,
  text,
}: SourceFile): { specifier: string; typeOnly: boolean; path: string | undefined }[] {
  const found = text.matchAll(
    /^(?:import|export)\s(type\s)?[^;'"]*?\sfrom\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => {
    const specifier = match[2] ?? match[3] ?? match[4] ?? '';
    return {
      specifier,
      typeOnly: match[1] !== undefined,
      path: specifier.startsWith('.') ? posix.join(dirname(path), specifier) : undefined,
    };
  });
}

const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** Every breach of the plan, as one line each. */
function breaches(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => {
    const room = roomOf(file.path);
    const allowed = mayImport[room];
    if (!allowed) return [`${file.path}: "${room}" is not a room of the house`];
    const byImport = importsOf(file).flatMap(({ specifier, path }) => {
      if (path !== undefined) {
        const target = roomOf(path);
        return target === room || allowed.includes(target) ? [] : [`${file.path}: ${room} imports ${target}`];
      }
      const lit = packageOf(specifier) === 'lit' || specifier.startsWith('@lit/');
      if (lit && !litRooms.includes(room)) return [`${file.path}: ${room} knows Lit`];
      if (
        specifier.startsWith('node:') &&
        [...pureRooms, 'tracking', 'elements', 'entries', 'main'].includes(room)
      ) {
        return [`${file.path}: ${room} needs Node`];
      }
      return [];
    });
    const code = file.text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const browser = /\b(window|document|localStorage|navigator)\b\s*[.[(]/.exec(code);
    return pureRooms.includes(room) && browser
      ? [...byImport, `${file.path}: ${room} needs a browser (${browser[1]})`]
      : byImport;
  });
}

/** What a file needs at run time, followed through our own files: these, and packages. */
function reachedFrom(
  entry: string,
  files: ReadonlyMap<string, SourceFile>,
): { readonly packages: string[]; readonly files: string[] } {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const queue = [entry];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const file = files.get(path);
    if (!file || seen.has(path)) continue;
    seen.add(path);
    for (const { specifier, typeOnly, path: target } of importsOf(file)) {
      if (typeOnly) continue;
      if (target === undefined) packages.add(packageOf(specifier));
      else queue.push(target);
    }
  }
  return { packages: [...packages].sort(), files: [...seen].sort() };
}

const root = join(import.meta.dirname, '..');
const files = ['src', 'manifest'].flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(top, name.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.ts'))
    .map((path): SourceFile => ({ path, text: readFileSync(join(root, path), 'utf8') })),
);

describe('the house', () => {
  it('is as planned', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(breaches(files)).toEqual([]);
  });

  const byPath = new Map(files.map((file) => [file.path, file]));
  const entries = files.map(({ path }) => path).filter((path) => path.startsWith('src/entries/'));

  it.each(entries)('ships only what the learner needs, and one wire, with %s', (entry) => {
    const reached = reachedFrom(entry, byPath);
    expect(reached.packages).toEqual([...shippedPackages].sort());
    const wires = reached.files.flatMap((path) => /^src\/tracking\/(\w+)\//.exec(path)?.[1] ?? []);
    // Each goes on without an LMS where it finds none.
    const own = posix.basename(entry, '.ts');
    expect(new Set([...wires, 'local'])).toEqual(new Set([own, 'local']));
  });

  it('has an entry for each wire', () => {
    const wires = files.flatMap(({ path }) => /^src\/tracking\/(\w+)\//.exec(path)?.[1] ?? []);
    expect(entries.map((entry) => posix.basename(entry, '.ts')).sort()).toEqual([...new Set(wires)].sort());
  });

  it.each([
    [
      'src/elements/a.ts',
      "import { startTracker } from '../tracking/tracker.ts';",
      'elements imports tracking',
    ],
    ['src/items/a.ts', "import type { Course } from '../model/course.ts';", 'items imports model'],
    ['src/preview/a.ts', "export { decimal } from '../tracking/numbers.ts';", 'preview imports tracking'],
    ['src/preview/client/a.ts', "import '../../model/course.ts';", 'preview imports model'],
    ['manifest/a.ts', "const x = await import('../src/tracking/probe.ts');", 'manifest imports tracking'],
    ['src/attempt/a.ts', "import { html } from 'lit';", 'attempt knows Lit'],
    ['src/tracking/a.ts', "import { consume } from '@lit/context';", 'tracking knows Lit'],
    ['src/model/a.ts', "import { readFile } from 'node:fs/promises';", 'model needs Node'],
    [
      'src/attempt/a.ts',
      'export const now = () => window.performance.now();',
      'attempt needs a browser (window)',
    ],
    ['src/helpers/a.ts', '', '"helpers" is not a room of the house'],
  ])('would not pass with %s containing %s', (path, text, breach) => {
    expect(breaches([{ path, text }])).toEqual([`${path}: ${breach}`]);
  });

  it('would not pass with a build library in the shipped script', () => {
    const planted = new Map(
      [
        { path: 'src/main.ts', text: "import { a } from './items/a.ts';\nimport { html } from 'lit';" },
        { path: 'src/items/a.ts', text: "import * as v from 'valibot';\nimport type { X } from 'yaml';" },
      ].map((file) => [file.path, file]),
    );
    expect(reachedFrom('src/main.ts', planted).packages).toEqual(['lit', 'valibot']);
  });
});
