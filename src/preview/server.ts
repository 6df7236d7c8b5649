import { parseArgs } from 'node:util';
import { createApp } from './app.ts';
import { AttemptStore } from './attempt-store.ts';
import { buildClientAssets } from './client-assets.ts';
import { isPortTaken, listenFrom, listenOn } from './listen.ts';
import { openBrowser } from './open-browser.ts';
import { isPlayable, PackageShelf } from './package-shelf.ts';

const DEFAULT_PORT = 4173;

const USAGE = `Usage: npm start -- [options]
  --port N         port on this machine (default ${DEFAULT_PORT}, or the next free one; 0: any free one)
  --packages DIR   folder with the packages, as DIR/*/*.zip (default dist)
  --data DIR       folder for the recorded attempts (default .preview-lms)
  --no-open        do not open a browser`;

interface Options {
  /** Undefined: the default or the next free one. */
  readonly port: number | undefined;
  readonly packages: string;
  readonly data: string;
  readonly open: boolean;
}

function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: 'string' },
      packages: { type: 'string', default: 'dist' },
      data: { type: 'string', default: '.preview-lms' },
      'no-open': { type: 'boolean', default: false },
    },
  });
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65535)) {
    throw new Error(`--port: expected a number from 0 to 65535, found "${values.port}".`);
  }
  const { CI } = process.env;
  const someoneWatches = process.stdout.isTTY && CI === undefined;
  return {
    port,
    packages: values.packages,
    data: values.data,
    open: someoneWatches && !values['no-open'],
  };
}

async function start({ port, packages, data, open }: Options): Promise<void> {
  const shelf = new PackageShelf(packages);
  const attempts = new AttemptStore(data);
  const app = createApp({ shelf, attempts, assets: await buildClientAssets() });
  const listening = port === undefined ? await listenFrom(app, DEFAULT_PORT) : await listenOn(app, port);

  const address = `http://localhost:${listening.port}/`;
  console.log(`Preview LMS   ${address}`);
  if (port === undefined && listening.port !== DEFAULT_PORT) {
    console.log(`              (port ${DEFAULT_PORT} is taken by another program)`);
  }
  const found = await shelf.list();
  const lines = found.map((each) => (isPlayable(each) ? each.file : `${each.file}: ${each.problem}`));
  if (lines.length === 0) lines.push(`none in ${packages}/*/*.zip yet: npm run build makes them`);
  console.log(`Packages      ${lines.join('\n              ')}`);
  // Reading once says on the console, at once, if a file of attempts is damaged.
  await attempts.readAll();
  console.log('Stop with Ctrl+C.');
  if (open) openBrowser(address);
}

try {
  await start(readOptions(process.argv.slice(2)));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  console.error(
    isPortTaken(error) ? `${message}. Another program listens there: give another --port.` : message,
  );
  if (error instanceof TypeError && 'code' in error) console.error(USAGE);
  process.exitCode = 1;
}
