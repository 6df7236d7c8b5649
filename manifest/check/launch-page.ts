/** The pages that an LMS launches: what they load, and from where. */
import { type Finding, finding, listed, quote } from './finding.ts';
import type { Archive } from './read-package.ts';
import { resolve } from './references.ts';

/** Bytes of a page; what is larger is no page that someone wrote, and is passed over. */
const mostPageBytes = 8 * 1024 ** 2;
/** Bytes of all pages together. */
const mostBytes = 32 * 1024 ** 2;

/** A file that an LMS launches. */
export interface LaunchedFile {
  readonly path: string;
  /** Whether it talks to the LMS: a SCO or an assignable unit. An asset may be a picture or a PDF. */
  readonly talks: boolean;
}

/** Checks the pages that are launched. */
export function* checkLaunchPages(
  archive: Archive,
  pages: readonly LaunchedFile[],
  folder: string,
): Generator<Finding> {
  // 100 pages tell what 10,000 would: an author's program makes them all alike.
  let left = mostBytes;
  for (const { path: page, talks } of pages.slice(0, 100)) {
    const size = archive.files.get(page)?.size ?? 0;
    if (size === 0) {
      yield finding(
        'launch-empty',
        { file: page },
        {
          message: 'the file that an LMS launches is empty',
          expected: 'an HTML page',
          found: '0 bytes',
          hint: 'learners see a blank page; publish the course again',
        },
      );
    } else if (!/\.(x?html?|php|aspx?)$/i.test(page)) {
      if (!talks) continue;
      yield finding(
        'launch-not-html',
        { file: page },
        {
          message: 'the file that an LMS launches is no HTML page',
          expected: 'a name that ends with .html or .htm',
          found: quote(page),
          hint: 'browsers show or download it, but no script in it can find the LMS; put it into an HTML page',
        },
      );
    } else if (size <= left) {
      left -= size;
      const content = yield* archive.read(page, mostPageBytes);
      if (content instanceof Uint8Array) {
        yield* checkAddresses(archive, page, new TextDecoder('utf-8').decode(content), folder);
      }
    }
  }
}

// What a page loads by itself; <a href> is the learner's choice. Tags are bounded, so that no page makes this slow.
const loading = /<(script|link|img|iframe|frame|audio|video|source|embed|object)\b([^<>]{0,4000})>/gi;
const addressed = /\s(?:src|href|data)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;

/** Elements in which a tag is text, or waits for a script that uses it (HTML, 13.1.2; 4.12.3). */
const opening = /<!--|<(script|style|template|textarea)\b[^<>]*>?/gi;

/**
 * The page without comments, scripts and the like; of a script the tag stays, which may load one. Linear, where a regular
 * expression would search to the end of the page for every `<!--` that nothing closes.
 */
function tagsOf(text: string): string {
  let kept = '';
  let at = 0;
  opening.lastIndex = 0;
  for (let open = opening.exec(text); open; open = opening.exec(text)) {
    const [tag, name] = open;
    const start = open.index + tag.length;
    kept += text.slice(at, name === undefined ? open.index : start);
    // What nothing closes goes to the end of the page.
    const closing = name === undefined ? /-->/g : new RegExp(`</${name}`, 'gi');
    closing.lastIndex = start;
    const close = closing.exec(text);
    if (!close) return kept;
    at = close.index + close[0].length;
    opening.lastIndex = at;
  }
  return kept + text.slice(at);
}

function* checkAddresses(archive: Archive, page: string, text: string, folder: string): Generator<Finding> {
  const hosts = new Set<string>();
  const insecure = new Set<string>();
  const missing = new Set<string>();
  const tags = tagsOf(text);
  const based = /<base\s[^<>]{0,4000}href/i.test(tags);
  for (const [, tag = '', attributes = ''] of tags.matchAll(loading)) {
    const match = addressed.exec(attributes);
    const address = (match?.[1] ?? match?.[2] ?? match?.[3] ?? '').trim().replaceAll('&amp;', '&');
    // <link> also names what nobody loads: the canonical address, an author.
    if (address === '' || (tag.toLowerCase() === 'link' && !/stylesheet|icon|preload/i.test(attributes)))
      continue;
    const host = /^(?:(https?):)?\/\/([^/?#]+)/i.exec(address);
    if (host) {
      hosts.add(host[2] ?? '');
      if (host[1]?.toLowerCase() === 'http') insecure.add(address);
    } else if (!based && !/^[a-z][a-z0-9+.-]*:|^#|[{}<$]/i.test(address)) {
      const target = resolve(address, { kind: 'file', path: page.slice(folder.length) }, folder);
      if (target.kind !== 'file' || !archive.files.has(target.path)) missing.add(address);
    }
  }
  if (missing.size > 0) {
    yield finding(
      'launch-page-missing-file',
      { file: page },
      {
        message: 'the page loads files that are not in the zip',
        expected: 'addresses relative to the page, spelled as the files are',
        found: listed([...missing]),
        hint: 'add the files or correct the addresses; "/" at the start leads to the root of the LMS, and case matters on Linux',
      },
    );
  }
  if (insecure.size > 0) {
    yield finding(
      'launch-page-insecure',
      { file: page },
      {
        message: 'the page loads from addresses without encryption',
        expected: 'https:, or files of the package',
        found: listed([...insecure]),
        hint: 'in an LMS with https, browsers block them and the page is broken',
      },
    );
  }
  if (hosts.size > 0) {
    yield finding(
      'launch-page-third-party',
      { file: page },
      {
        message: 'the page loads from other servers',
        expected: 'files of the package',
        found: listed([...hosts].sort()),
        hint: 'those servers see who learns, and the course breaks where they cannot be reached; put copies into the package',
      },
    );
  }
}
