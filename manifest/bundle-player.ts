/** The player as the two files that a package carries. */
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import type { PackageFile } from './package-file.ts';
import { packagePaths } from './package-paths.ts';

/** The bundler did not make what a package needs. The message says what it made. */
export class BundleError extends Error {
  override readonly name = 'BundleError';

  /** @param made - names of the files that the bundler made */
  constructor(made: readonly string[]) {
    super(
      [
        'the player cannot go into a package',
        '  expected  one script and one stylesheet from vite.config.ts',
        `  found     ${made.length === 0 ? 'nothing' : made.join(', ')}`,
        '  hint      no source maps, no dynamic import(), no assets beside the style; src/main.ts imports a stylesheet',
      ].join('\n'),
    );
  }
}

/**
 * Bundles the player with the repository's `vite.config.ts`, without writing anything to disk.
 *
 * @returns the script and the style, under the names by which the document links them
 * @throws {@link BundleError} if the bundle is more or less than one script and one style
 */
export async function bundlePlayer(): Promise<PackageFile[]> {
  const result = await build({
    root: fileURLToPath(new URL('..', import.meta.url)),
    configFile: fileURLToPath(new URL('../vite.config.ts', import.meta.url)),
    logLevel: 'warn',
    build: { write: false },
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
  return [
    { path: packagePaths.script, bytes: Buffer.from(script.code) },
    { path: packagePaths.style, bytes: Buffer.from(style.source) },
  ];
}
