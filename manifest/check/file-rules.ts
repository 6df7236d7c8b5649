/** Files and their names: what goes wrong on servers, whatever the standard. */
import { spelling } from './checked-package.ts';
import { counted, type Finding, finding, listed, quote, sized } from './finding.ts';
import type { Archive } from './read-package.ts';

/** From here on, uploads are refused or time out at many sites. */
const largePackage = 100 * 1024 ** 2;
/** Windows has 260 characters for a whole path, of which a server's own folders take their part. */
const longestPath = 180;
/** Bytes of one name on Linux. */
const longestName = 255;

const reservedName = /(^|\/)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.[^/]*)?(\/|$)/i;
const reservedCharacter = /[<>:"|?*\p{Cc}]|[. ](\/|$)/u;
const junk =
  /^__MACOSX\/|(^|\/)(\._[^/]*|\.DS_Store|Thumbs\.db|ehthumbs\.db|desktop\.ini|\.git|\.svn|\.idea|\.vscode|node_modules|\.[^/]+)(\/|$)|(~|\.bak|\.tmp|\.orig|\.(js|mjs|css)\.map)$/i;
const executable =
  /(^|\/)\.htaccess$|(^|\/)web\.config$|\.(php\d?|phtml|phar|asp|aspx|jsp|cgi|pl|py|rb|sh|bash|bat|cmd|com|exe|dll|msi|ps1|vbs|scr|jar)$/i;

/** Checks the names of all files, and what does not belong in a package. */
export function* checkFiles(archive: Archive): Generator<Finding> {
  const paths = [...archive.files.keys()].sort();
  const kept = paths.filter((path) => !junk.test(path));
  if (archive.size > largePackage) {
    yield finding(
      'package-large',
      { file: archive.name },
      {
        message: 'the package is larger than many sites take',
        expected: `at most ${sized(largePackage)}, or a site whose limit you know`,
        found: sized(archive.size),
        hint: 'ask for the upload limit of the LMS; videos are best made smaller or put on a media server',
      },
    );
  }
  yield* many(
    'name-not-ascii',
    kept.filter((path) => /[^ -~]/.test(path)),
    {
      what: 'names with letters outside of ASCII',
      expected: 'a–z, A–Z, 0–9, ".", "_" and "-"',
      hint: 'unzip programs and servers disagree about such names; rename the files, and the addresses that lead to them',
    },
  );
  yield* many(
    'name-with-space',
    kept.filter((path) => path.includes(' ')),
    {
      what: 'names with spaces',
      expected: 'no spaces',
      hint: 'mostly fine; some LMSs escape them twice or not at all: "-" or "_" is safe',
    },
  );
  const isReserved = (path: string): boolean => reservedName.test(path) || reservedCharacter.test(path);
  yield* many('name-reserved', kept.filter(isReserved), {
    what: 'names that Windows does not allow',
    expected: 'no con, prn, aux, nul, com1, lpt1; none of <>:"|?*; no "." or space at the end',
    hint: 'a server on Windows fails to unpack the package, or drops the file; rename it',
  });
  const isLong = (path: string): boolean =>
    path.length > longestPath || path.split('/').some((part) => Buffer.byteLength(part) > longestName);
  yield* many('name-too-long', kept.filter(isLong), {
    what: 'names that are too long for servers',
    expected: `at most ${longestPath} characters with all folders, and ${longestName} bytes a name`,
    hint: 'shorten names, or put fewer folders into each other',
  });
  yield* many(
    'file-junk',
    paths.filter((path) => junk.test(path)),
    {
      what: 'files that no learner needs',
      expected: 'the files of the course only',
      hint: 'zip without hidden files, source maps and backups; some upload filters refuse names that start with "."',
    },
  );
  yield* many(
    'file-executable',
    paths.filter((path) => executable.test(path)),
    {
      what: 'files that servers or learners could run',
      expected: 'pages, scripts for browsers, styles and media',
      hint: 'LMSs and virus scanners refuse packages with programs in them; leave them out',
    },
  );
  yield* checkCollisions(paths);
}

/** One finding for all files that break a rule of names: they have one cause, and are mended in one go. */
function* many(
  rule:
    | 'name-not-ascii'
    | 'name-with-space'
    | 'name-reserved'
    | 'name-too-long'
    | 'file-junk'
    | 'file-executable',
  paths: readonly string[],
  { what, expected, hint }: { readonly what: string; readonly expected: string; readonly hint: string },
): Generator<Finding> {
  const [first] = paths;
  if (first === undefined) return;
  yield finding(
    rule,
    { file: first },
    {
      message: `${what} (${counted(paths.length, 'file')})`,
      expected,
      found: listed(paths),
      hint,
    },
  );
}

function* checkCollisions(paths: readonly string[]): Generator<Finding> {
  const spelled = new Map<string, string>();
  for (const path of paths) {
    const earlier = spelled.get(spelling(path));
    if (earlier !== undefined) {
      yield finding(
        'name-case-collision',
        { file: path },
        {
          message: 'two names differ in upper and lower case, or in how accents are stored, alone',
          expected: 'names that differ in more than that',
          found: `${quote(earlier)} and ${quote(path)}`,
          hint: 'a server on Windows or a Mac keeps one of them; rename one',
        },
      );
    }
    spelled.set(spelling(path), path);
  }
  // With the lowest character for "/", what is in a folder follows right after a file of its name.
  const ordered = paths
    .map((path) => ({ path, key: path.replaceAll('/', '\u0000') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const [index, { path, key }] of ordered.entries()) {
    const next = ordered[index + 1];
    if (!next?.key.startsWith(`${key}\u0000`)) continue;
    yield finding(
      'name-file-and-folder',
      { file: path },
      {
        message: 'a file and a folder have one name',
        expected: 'a name for one of them',
        found: `${quote(path)} and ${quote(next.path)}`,
        hint: 'no server can unpack both; rename one',
      },
    );
  }
}
