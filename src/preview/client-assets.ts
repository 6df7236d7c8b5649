import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { contentType } from './content-type.ts';

/** A file that the preview's own pages load. */
export interface Asset {
  readonly body: string;
  readonly type: string;
}

const CLIENT_FOLDER = fileURLToPath(new URL('./client/', import.meta.url));

/** Bundles the pages' scripts, in memory: nothing is written, so nothing can be stale. */
export async function buildClientAssets(): Promise<ReadonlyMap<string, Asset>> {
  const built = await build({
    configFile: false,
    root: CLIENT_FOLDER,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      // scorm-again is large and comes from this machine: size is no concern here.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: {
        input: { shelf: join(CLIENT_FOLDER, 'shelf.ts'), play: join(CLIENT_FOLDER, 'play.ts') },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  const assets = new Map<string, Asset>();
  for (const output of [built].flat()) {
    if (!('output' in output)) continue;
    for (const file of output.output) {
      if (file.type === 'chunk') assets.set(file.fileName, asset(file.fileName, file.code));
    }
  }
  for (const name of ['preview.css', 'icon.svg']) {
    assets.set(name, asset(name, await readFile(join(CLIENT_FOLDER, name), 'utf8')));
  }
  return assets;
}

function asset(name: string, body: string): Asset {
  return { body, type: contentType(name) };
}
