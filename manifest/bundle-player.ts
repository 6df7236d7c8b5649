/** The player as the two files that a package carries. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { WireName } from './formats.ts';
import { MendableError } from './mendable-error.ts';

/** The script and the style sheet of a player. */
export interface PlayerFiles {
  readonly script: string;
  readonly style: string;
}

/** The bundler did not make what a package needs. The message says what it made. */
export class BundleError extends MendableError {
  override readonly name = 'BundleError';

  /** @param made - names of the files that the bundler made */
  constructor(made: readonly string[]) {
    super('the player cannot go into a package', {
      expected: 'one script and one stylesheet from vite.config.ts',
      found: made.length === 0 ? 'nothing' : made.join(', '),
      hint: 'no source maps, no dynamic import(), no assets beside the style; src/main.ts imports a stylesheet',
    });
  }
}

const fromRoot = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

/**
 * Bundles the player that speaks a wire, and no other one, with the repository's `vite.config.ts`. Writes nothing to the
 * disk.
 *
 * @param wire - name of the entry in src/entries/
 * @returns script and style; the same for the same sources, wherever they lie
 * @throws {@link BundleError} if the bundle is more or less than one script and one style
 */
export async function bundlePlayer(wire: WireName): Promise<PlayerFiles> {
  const result = await build({
    root: fromRoot(''),
    configFile: fromRoot('vite.config.ts'),
    logLevel: 'warn',
    // Whatever NODE_ENV says, here or in a file .env: what is shipped is not what developers debug.
    mode: 'production',
    envDir: false,
    resolve: { conditions: ['module', 'browser', 'production'] },
    build: {
      write: false,
      lib: {
        entry: `src/entries/${wire}.ts`,
        formats: ['iife'],
        name: 'course',
        fileName: () => 'course.js',
        cssFileName: 'course',
      },
    },
  });
  // A watcher comes only with build.watch, which a build for packages does not set.
  if ('on' in result) throw new BundleError([]);
  const made = [result].flat().flatMap(({ output }) => output);
  const [script, ...moreScripts] = made.filter((file) => file.type === 'chunk');
  const [style, ...moreAssets] = made.filter((file) => file.type === 'asset');
  const one = moreScripts.length === 0 && moreAssets.length === 0;
  if (script === undefined || !style?.fileName.endsWith('.css') || !one) {
    throw new BundleError(made.map(({ fileName }) => fileName));
  }
  return { script: script.code, style: style.source.toString() };
}
