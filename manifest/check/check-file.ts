/** From a path on the command line to the report on the package that is there. */
import { readFile, stat } from 'node:fs/promises';
import { checkPackage } from './check-package.ts';
import { type Finding, finding, printable, sized } from './finding.ts';
import type { CheckReport } from './report.ts';

/** Bytes; what Node.js reads at once. */
const mostBytes = 2 * 1024 ** 3 - 1;

/**
 * Checks the package in a file.
 *
 * @param path - of the zip file
 * @returns the report; whatever is at the path, there is one
 */
export async function checkFile(path: string): Promise<CheckReport> {
  try {
    const stats = await stat(path);
    // Asked before it is opened: a pipe would be waited for, a device read for ever.
    const odd = stats.isDirectory() ? 'a folder' : stats.isFile() ? undefined : 'a device or a pipe';
    if (odd !== undefined) return unread(path, odd);
    if (stats.size > mostBytes) return unread(path, sized(stats.size));
    return await checkPackage(await readFile(path), path);
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return unread(path, reasons[String('code' in error ? error.code : '')] ?? error.message);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'nothing of that name',
  ENOTDIR: 'nothing of that name',
  EACCES: 'a file that you may not read',
  ENAMETOOLONG: 'a name that is too long',
};

const unread = (path: string, found: string): CheckReport => ({
  file: printable(path),
  package: undefined,
  findings: [unreadable(path, found)],
});

const unreadable = (file: string, found: string): Finding =>
  finding(
    'zip-unreadable',
    { file },
    {
      message: 'there is no zip file here that this checker can read',
      expected: `the path of a zip file of at most ${sized(mostBytes + 1)}`,
      found,
      hint: 'name the zip file itself; of a folder, zip what is in it, and take films out of a zip that is too large',
    },
  );
