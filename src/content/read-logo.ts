/** Reads a program's logo: how large it is, and that it is nothing but a picture. */
import { type XmlAttribute, XmlDocument, XmlElement, XmlParseError } from 'libxml2-wasm';
import type { CourseProblem, FilePlace } from '../model/course-problem.ts';
import type { ProgramFile } from './course-files.ts';
import { decodeText } from './decode-text.ts';

/** A picture's size, as whole numbers of which only the ratio counts. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** A picture, or what is wrong with it. */
export interface PictureResult {
  readonly size: PictureSize | undefined;
  readonly problems: readonly CourseProblem[];
  readonly warnings: readonly CourseProblem[];
}

/** What is wrong, but for where. */
type Finding = Omit<CourseProblem, keyof FilePlace>;

/** Kinds of picture that a logo may be, by their extensions. */
export const logoTypes = ['svg', 'png'] as const;

/** Bytes of a logo from which on its learners wait for it, and beyond which there is something else in it than a logo. */
const sizeLimits = { plenty: 100_000, most: 1_000_000 } as const;

/** How many times as long as the other a side may be: the cover has to show both. */
const mostRatio = 20;

/** Sides from which a size can be made; in a PNG they are pixels, and each takes memory of a learner's device. */
const svgSides = { least: 0.001, most: 1_000_000 } as const;
const pngSides = { least: 1, most: 10_000 } as const;

/** What keeps a picture from having its place on the cover; undefined where nothing does. */
function oddSides(
  { width, height }: PictureSize,
  { least, most }: { readonly least: number; readonly most: number },
): Finding | undefined {
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  const found = `${width} by ${height}`;
  if (!(shorter >= least && longer <= most)) {
    return {
      message: 'a logo of a size that cannot be used',
      expected: `sides from ${least} to ${most.toLocaleString('en')}`,
      found,
      hint: 'save it anew in the size of a logo',
    };
  }
  if (longer <= mostRatio * shorter) return undefined;
  return {
    message: 'a logo that is too narrow',
    expected: `one side at most ${mostRatio} times as long as the other`,
    found,
    hint: 'crop it, or put its parts below each other',
  };
}

const svgNamespace = 'http://www.w3.org/2000/svg';
const xlinkNamespace = 'http://www.w3.org/1999/xlink';

/** Elements of SVG that draw, or say how to; all others run, move or embed something, or are drawn by no browser. */
const drawing = new Set([
  ...['svg', 'g', 'defs', 'symbol', 'use', 'switch', 'title', 'desc', 'metadata', 'style'],
  ...['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'image'],
  ...['text', 'tspan', 'textPath'],
  ...['linearGradient', 'radialGradient', 'stop', 'pattern', 'clipPath', 'mask', 'marker', 'filter'],
]);

/** Namespaces beside that of SVG whose elements browsers act on; others are notes of drawing programs. */
const actedOn = ['http://www.w3.org/1999/xhtml', 'http://www.w3.org/1998/Math/MathML'];

const isDrawing = ({ name, namespaceUri }: XmlElement): boolean =>
  namespaceUri === svgNamespace
    ? drawing.has(name) || /^fe[A-Z]/.test(name)
    : !actedOn.includes(namespaceUri);

/** Whether an address stays inside the picture. */
const isInside = (address: string): boolean =>
  address.startsWith('#') || /^data:image\/(png|jpeg|gif|webp)[;,]/i.test(address);

/** Whether CSS asks for something outside of the picture. Escapes could hide that, so there may be none. */
function leavesBy(css: string): boolean {
  const others = css.replaceAll(
    /url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]*))\s*\)/gi,
    (whole: string, ...[double, single, bare]: (string | undefined)[]) =>
      isInside(double ?? single ?? bare ?? '') ? '' : whole,
  );
  return /(?:url|src|image|image-set)\(|@import|\\|https?:|\/\//i.test(others);
}

/** Whether an attribute of an element of SVG makes it more than a part of a picture. */
function isDangerous({ name, prefix, namespaceUri, value }: XmlAttribute): boolean {
  if (prefix === 'xml') return name === 'base';
  // Notes of drawing programs.
  if (namespaceUri !== '' && namespaceUri !== xlinkNamespace) return false;
  if (/(^|:)(href|src)$/.test(name)) return value.trim() !== '' && !isInside(value.trim());
  // All that is said of a shape may be said as CSS, with its functions.
  return /^on/i.test(name) || ((name === 'style' || value.includes('(')) && leavesBy(value));
}

/** What of an element makes an SVG more than a picture, in words; undefined where nothing does. */
function danger(element: XmlElement): string | undefined {
  if (!isDrawing(element)) return `<${element.name}>`;
  if (element.namespaceUri !== svgNamespace) return undefined;
  if (element.name === 'style' && leavesBy(element.content)) return '<style> with an address outside of it';
  const attribute = element.attrs.find(isDangerous);
  if (!attribute) return undefined;
  const prefix = attribute.prefix === 'xml' ? 'xml:' : '';
  return `${prefix}${attribute.name}="${attribute.value.slice(0, 60)}"`;
}

/** Attributes are whole numbers; the ratio has to stay right. */
const inWholeNumbers = ({ width, height }: PictureSize): PictureSize => {
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
  return [
    { width: pixels('width'), height: pixels('height') },
    { width, height },
  ].find((size) => size.width > 0 && size.height > 0);
}

/** What keeps the text of an SVG from being read as XML at all, and where; undefined where nothing does. */
function hiddenInText(text: string): { readonly line: number; readonly finding: Finding } | undefined {
  const at = (index: number, finding: Finding) => ({
    line: text.slice(0, index).split('\n').length,
    finding,
  });
  const [, encoding = 'UTF-8'] = /^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']*)/.exec(text) ?? [];
  if (encoding.toUpperCase() !== 'UTF-8') {
    const found = `encoding="${encoding}"`;
    return at(0, {
      message: 'the file is not UTF-8',
      expected: 'UTF-8',
      found,
      hint: 'save it anew as UTF-8',
    });
  }
  // Entities may hide anything, and grow without end; lists of attributes may add some that nobody sees.
  const declaration = /<!(ENTITY|ATTLIST|ELEMENT|NOTATION)\s+\S*/.exec(text);
  if (!declaration) return undefined;
  const [found] = declaration;
  return at(declaration.index, {
    ...morePicture(`${found} …`),
    ...(found.startsWith('<!ENTITY ns_') && {
      hint: 'save it anew from Illustrator as SVG 1.1, with "Preserve Illustrator Editing Capabilities" off',
    }),
  });
}

const morePicture = (found: string): Finding => ({
  message: 'a logo that is more than a picture',
  expected:
    'SVG of shapes, text and pictures alone: no script, no animation, nothing from outside of the file',
  found,
  hint: 'remove it, or save the logo as PNG',
});

function readSvg({ shown: file, bytes }: ProgramFile): Omit<PictureResult, 'warnings'> {
  const problems: CourseProblem[] = [];
  const report = (line: number, what: Finding) => {
    problems.push({ file, line: Math.max(1, line), column: 1, ...what });
  };

  const { text, problem } = decodeText(file, bytes);
  if (problem) return { size: undefined, problems: [problem] };
  const hidden = hiddenInText(text);
  if (hidden) {
    report(hidden.line, hidden.finding);
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
      // An option of the library is nothing that an author could use.
      found: error.message.split(/\n|, use XML_PARSE/)[0] ?? '',
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
      if (found !== undefined) report(node.line, morePicture(found));
    }
    const size = sizeOfSvg(root);
    if (!size) {
      const sides = ['width', 'height'].flatMap((name) => {
        const value = root.attr(name)?.value;
        return value === undefined ? [] : [`${name}="${value}"`];
      });
      report(root.line, {
        message: 'a logo without a size',
        expected: 'a viewBox, such as viewBox="0 0 200 60"',
        found: sides.join(' ') || 'none that says how wide and how high it is',
        hint: 'save it with a viewBox, or with both sides in pixels; without them the page moves while it loads',
      });
      return { size: undefined, problems };
    }
    const odd = oddSides(size, svgSides);
    if (odd) report(root.line, odd);
    return { size: odd ? undefined : inWholeNumbers(size), problems };
  } finally {
    document.dispose();
  }
}

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function readPng({ shown: file, bytes }: ProgramFile): Omit<PictureResult, 'warnings'> {
  const data = Buffer.from(bytes);
  // PNG (Third Edition) 5.2 and 11.2.2: the signature, then a chunk IHDR that begins with width and height.
  const isPng =
    data.length >= 24 &&
    data.subarray(0, 8).equals(pngSignature) &&
    data.toString('latin1', 12, 16) === 'IHDR';
  const [width, height] = isPng ? [data.readUInt32BE(16), data.readUInt32BE(20)] : [0, 0];
  const finding =
    width > 0 && height > 0
      ? oddSides({ width, height }, pngSides)
      : {
          message: 'a logo that cannot be read',
          expected: 'a PNG picture',
          found: isPng ? `${width} by ${height} pixels` : 'another kind of file',
          hint: 'save it anew, as PNG; another extension does not make it one',
        };
  if (!finding) return { size: { width, height }, problems: [] };
  return { size: undefined, problems: [{ file, line: 1, column: 1, ...finding }] };
}

/** A number of bytes, in words. */
const inBytes = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(Math.ceil(bytes / 10_000) / 100).toFixed(2)} MB`;

/** Reads the picture in a file of one of the {@link logoTypes}. */
export function readLogo(file: ProgramFile): PictureResult {
  const { length } = file.bytes;
  const heavy: CourseProblem = {
    file: file.shown,
    line: 1,
    column: 1,
    message: 'a logo that is too large',
    expected: `at most ${inBytes(sizeLimits.plenty)}, for each learner waits for it; never more than ${inBytes(sizeLimits.most)}`,
    found: inBytes(length),
    hint: 'save it with fewer pixels, or as SVG without pictures in it',
  };
  if (length > sizeLimits.most) return { size: undefined, problems: [heavy], warnings: [] };
  const read = file.path.endsWith('.svg') ? readSvg(file) : readPng(file);
  return { ...read, warnings: length > sizeLimits.plenty ? [heavy] : [] };
}
