import { getMimeType, mimes } from 'hono/utils/mime';

/** Types that courses ship and Hono's table does not have. */
const KNOWN = {
  ...mimes,
  dtd: 'application/xml-dtd',
  m4a: 'audio/mp4',
  srt: 'text/plain; charset=utf-8',
  swf: 'application/vnd.adobe.flash.movie',
  vtt: 'text/vtt; charset=utf-8',
  xsd: 'application/xml; charset=utf-8',
} satisfies Record<string, string>;

/** The MIME type of a file of a package. With `nosniff` a wrong one keeps a browser from using the file. */
export function contentType(fileName: string): string {
  return getMimeType(fileName, KNOWN) ?? 'application/octet-stream';
}
