/** A course to begin with: small, complete, with comments, and free of problems. */
import { randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MendableError } from './mendable-error.ts';

/** A course cannot be begun in a folder. The message names it, says why, and what to do. */
export class NewCourseError extends MendableError {
  override readonly name = 'NewCourseError';

  /**
   * @param dir - the folder as it was given
   * @param found - what is wrong with it
   * @param hint - what to do about it
   */
  constructor(dir: string, found: string, hint: string) {
    super(`no course can be begun in ${JSON.stringify(dir)}`, {
      expected:
        'a folder that is empty or does not exist, named with a–z, 0–9 and "-", at most 60 characters',
      found,
      hint,
    });
  }
}

const example = fileURLToPath(new URL('./example-course/', import.meta.url));

/**
 * Writes the example course into a folder. The folder's name becomes the id of the course; its IRI is a new one.
 *
 * @param dir - the folder; created where it is missing
 * @throws {@link NewCourseError} if there is something in the folder or its name cannot be an id
 */
export async function newCourse(dir: string): Promise<void> {
  const id = basename(resolve(dir));
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(id)) {
    throw new NewCourseError(dir, `the name ${JSON.stringify(id)}`, 'choose a name such as my-course');
  }
  await mkdir(dir, { recursive: true }).catch((error: unknown) => {
    throw new NewCourseError(dir, String(error), 'choose another place');
  });
  const [first] = await readdir(dir);
  if (first !== undefined) throw new NewCourseError(dir, `the file ${first} in it`, 'choose a new folder');

  await cp(example, dir, { recursive: true });
  const file = join(dir, 'course.yaml');
  const text = await readFile(file, 'utf8');
  await writeFile(
    file,
    text.replace(/^id: \S+/m, `id: ${id}`).replace(/^iri: \S+/m, `iri: urn:uuid:${randomUUID()}`),
  );
}
