/** Reads a program's logo: how large it is, and that it is nothing but a picture. */
import { XmlDocument, XmlElement, XmlParseError } from 'libxml2-wasm';
import type { CourseProblem, FilePlace } from '../model/course-problem.ts';
import type { ProgramFile } from './course-files.ts';

/** A picture's size, as whole numbers of which only the ratio counts. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** A picture, or what is wrong with it. */
export interface PictureResult {
  readonly size: PictureSize | undefined;
  readonly problems: readonly CourseProblem[];
}

/** Kinds of picture that a logo may be, by their extensions. */
export const logoTypes = ['svg', 'png'] as const;

const svgNamespace = 'http://www.w3.org/2000/svg';

/** Elements of SVG that run or embed something. */
const active = [
  'script',
  'foreignObject',
  'iframe',
  'object',
  'embed',
  'audio',
  'video',
  'handler',
  'listener',
];

/** Whether an address stays inside the picture. */
const isInside = (address: string): boolean =>
  address.startsWith('#') || /^data:image\/(png|jpeg|gif|webp)[;,]/i.test(address);

/** Whether CSS asks for something outside of the picture. Escapes could hide that, so there may be none. */
function leavesBy(css: string): boolean {
  const addresses = [...css.matchAll(/url\(\s*(["']?)([\s\S]*?)\1\s*\)/gi)].map(
    ([, , address = '']) => address,
  );
  return /@import|\\/i.test(css) || addresses.some((address) => !isInside(address));
}

/** What of an element makes an SVG more than a picture, in words; undefined where nothing does. */
function danger(element: XmlElement): string | undefined {
  if (active.includes(element.name)) return `<${element.name}>`;
  if (element.name === 'style' && leavesBy(element.content)) return '<style> with an address outside of it';
  const attribute = element.attrs.find(
    ({ name, value }) =>
      /^on/i.test(name) ||
      ((name === 'href' || name === 'src') && value.trim() !== '' && !isInside(value.trim())) ||
      (/url\(|@import/i.test(value) && leavesBy(value)),
  );
  return attribute && `${attribute.name}="${attribute.value.slice(0, 60)}"`;
}

const fromRatio = (width: number, height: number): PictureSize | undefined => {
  if (!(width > 0 && height > 0 && Number.isFinite(width / height))) return undefined;
  // Attributes are whole numbers; the ratio has to stay right.
  const whole = Number.isInteger(width) && Number.isInteger(height);
  const scale = whole ? 1 : Math.max(1, 1000 / Math.min(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
};

/** Size as browsers see it: what the root says, or else the ratio of what it shows. */
function sizeOfSvg(root: XmlElement): PictureSize | undefined {
  const pixels = (name: string) => Number(/^\s*([\d.]+)(px)?\s*$/.exec(root.attr(name)?.value ?? '')?.[1]);
  const [, , width = Number.NaN, height = Number.NaN] = (root.attr('viewBox')?.value ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return fromRatio(pixels('width'), pixels('height')) ?? fromRatio(width, height);
}

function readSvg({ shown: file, bytes }: ProgramFile): PictureResult {
  const problems: CourseProblem[] = [];
  const report = (line: number, what: Omit<CourseProblem, keyof FilePlace>) => {
    problems.push({ file, line: Math.max(1, line), column: 1, ...what });
  };
  const unsafe = (line: number, found: string) =>
    report(line, {
      message: 'a logo that is more than a picture',
      expected: 'SVG without script and without anything from outside of the file',
      found,
      hint: 'remove it, or save the logo as PNG',
    });

  // Entities may hide anything, and grow without end.
  if (Buffer.from(bytes).includes('<!ENTITY')) {
    unsafe(1, '<!ENTITY');
    return { size: undefined, problems };
  }
  let document: XmlDocument;
  try {
    document = XmlDocument.fromBuffer(bytes);
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error;
    report(error.details[0]?.line ?? 1, {
      message: 'a logo that cannot be read',
      expected: 'SVG, which is well-formed XML',
      found: error.message.split('\n')[0] ?? '',
      hint: 'save it anew, as plain SVG',
    });
    return { size: undefined, problems };
  }
  try {
    const { root } = document;
    if (root.name !== 'svg' || root.namespaceUri !== svgNamespace) {
      report(root.line, {
        message: 'a logo that cannot be read',
        expected: `<svg xmlns="${svgNamespace}">`,
        found: `<${root.name}${root.namespaceUri === '' ? '' : ` xmlns="${root.namespaceUri}"`}>`,
        hint: 'save it anew, as plain SVG',
      });
      return { size: undefined, problems };
    }
    for (const node of root.find('//* | //processing-instruction()')) {
      // Processing instructions are there for style sheets.
      const found = node instanceof XmlElement ? danger(node) : '<?…?>';
      if (found !== undefined) unsafe(node.line, found);
    }
    const size = sizeOfSvg(root);
    if (!size) {
      report(root.line, {
        message: 'a logo without a size',
        expected: 'a viewBox, such as viewBox="0 0 200 60"',
        found: 'none that says how wide and how high it is',
        hint: 'save it with a viewBox; without one the page moves while it loads',
      });
    }
    return { size, problems };
  } finally {
    document.dispose();
  }
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function readPng({ shown: file, bytes }: ProgramFile): PictureResult {
  const data = Buffer.from(bytes);
  // PNG (Third Edition) 5.2 and 11.2.2: the signature, then a chunk IHDR that begins with width and height.
  const isPng =
    data.length >= 24 &&
    data.subarray(0, 8).equals(pngSignature) &&
    data.toString('latin1', 12, 16) === 'IHDR';
  const [width, height] = isPng ? [data.readUInt32BE(16), data.readUInt32BE(20)] : [0, 0];
  if (width > 0 && height > 0) return { size: { width, height }, problems: [] };
  const problem = {
    file,
    line: 1,
    column: 1,
    message: 'a logo that cannot be read',
    expected: 'a PNG picture',
    found: isPng ? `${width} by ${height} pixels` : 'another kind of file',
    hint: 'save it anew, as PNG; another extension does not make it one',
  };
  return { size: undefined, problems: [problem] };
}

/** Reads the picture in a file of one of the {@link logoTypes}. */
export const readLogo = (file: ProgramFile): PictureResult =>
  file.path.endsWith('.svg') ? readSvg(file) : readPng(file);
