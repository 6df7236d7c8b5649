/** How programs look: colours that can be read, logos that are nothing but pictures. */
import { readFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readCourseFiles } from '../../src/content/course-files.ts';
import { checkCourse } from '../../src/content/read-course.ts';
import { readLogo } from '../../src/content/read-logo.ts';
import { checkTokens } from '../../src/model/brand.ts';
import { meetings, tooFaint } from '../../src/model/contrast.ts';
import { type CourseProblem, formatProblem } from '../../src/model/course-problem.ts';
import { readTokens, schemes } from '../../src/model/design-tokens.ts';

const file = 'src/styles/tokens.css';
const css = await readFile(file, 'utf8');
const tokens = readTokens(file, css);
const small = await readCourseFiles('manifest/example-course');

/** Contrast by the formula of WCAG 2.2 ("relative luminance"), written down here a second time. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe('the tokens of the player', () => {
  it('are read with their places, in both looks', () => {
    for (const scheme of schemes) {
      for (const [name, { value, line, column }] of tokens.colours[scheme]) {
        expect(css.split('\n')[line - 1]?.slice(column - 1)).toBe(`--${name}: ${value};`);
      }
    }
    expect([...tokens.colours.light.keys()]).toEqual([...tokens.colours.dark.keys()]);
    expect(tokens.colours.light.get('ink')).toMatchObject({ value: '#16222e' });
    expect(tokens.colours.dark.get('ink')).toMatchObject({ value: '#eceae4' });
    const written = new Set([...css.matchAll(/--([a-z-]+): #/g)].map(([, name]) => name));
    expect(new Set(tokens.colours.light.keys())).toEqual(written);
  });

  it('are all the colours that there are: style sheets name no other but black, white and shadows', async () => {
    const sheets = ['text.css', 'quiz.css'].map((name) => readFile(`src/styles/${name}`, 'utf8'));
    const colours = (await Promise.all(sheets)).flatMap((sheet) => sheet.match(/#[0-9a-f]{3,8}\b/gi) ?? []);
    expect(colours.filter((colour) => !['#ffffff', '#fff', '#000'].includes(colour))).toEqual([]);
  });

  it('can be read, in both looks', () => {
    expect(checkTokens(tokens)).toEqual([]);
  });

  it('meet only as colours that there are, each somewhere', () => {
    const names = new Set(tokens.colours.light.keys());
    const met = meetings.flatMap(({ colour, on }) => [colour, ...on]);
    expect(met.filter((name) => !names.has(name))).toEqual([]);
    expect([...names].filter((name) => !met.includes(name))).toEqual([]);
  });

  it('are checked for every pair as WCAG says', () => {
    // Colours that are all the same meet nowhere well; with each of two shades, the formula decides.
    for (const ground of ['#ffffff', '#000000', '#767676']) {
      for (const shade of ['#777777', '#767676', '#949494', '#959595', '#123456', '#abcdef']) {
        for (const { colour, on, demand } of meetings) {
          for (const under of on) {
            const found = tooFaint(
              'light',
              new Map([
                [colour, { value: shade }],
                [under, { value: ground }],
              ]),
            ).some(
              ({ names: [one, other], demand: { least } }) =>
                one === colour && other === under && least === demand.least,
            );
            expect([shade, ground, demand.least, found]).toEqual([
              shade,
              ground,
              demand.least,
              contrast(shade, ground) < demand.least,
            ]);
          }
        }
      }
    }
  });

  it('with too little contrast keep every course from being built', () => {
    const pale = css.replace('--ink-soft: #4a5661', '--ink-soft: #8a96a1');
    const read = checkCourse({ ...small, tokens: { file, text: pale } });
    const problems = read.ok ? [] : read.problems.filter((problem) => problem.file === file);
    expect(problems.map(formatProblem).join('\n')).toMatchInlineSnapshot(`
      "src/styles/tokens.css:24:3  too little contrast in the light look: "ink-soft" on "page"
        expected  at least 4.5:1 for text (WCAG 2.2, SC 1.4.3)
        found     2.89:1, #8a96a1 on #fbfaf7
        hint      make "ink-soft" darker or "page" lighter
      src/styles/tokens.css:24:3  too little contrast in the light look: "ink-soft" on "surface"
        expected  at least 4.5:1 for text (WCAG 2.2, SC 1.4.3)
        found     3.01:1, #8a96a1 on #ffffff
        hint      make "ink-soft" darker or "surface" lighter"
    `);
  });
});

describe('a ratio', () => {
  it('never reads as the one that is needed', () => {
    const [found] = tooFaint(
      'dark',
      new Map([
        ['ink', { value: '#777777' }],
        ['page', { value: '#ffffff' }],
      ]),
    );
    expect(found).toMatchObject({ ratio: '4.47', lighter: 'page', names: ['ink', 'page'] });
  });

  it('is no matter of which colour is the lighter one', () => {
    const faint = (ink: string, page: string) =>
      tooFaint(
        'light',
        new Map([
          ['ink', { value: ink }],
          ['page', { value: page }],
        ]),
      ).map(({ ratio }) => ratio);
    expect(faint('#8a8a8a', '#ffffff')).toEqual(faint('#ffffff', '#8a8a8a'));
  });
});

const svg = (inside: string, attributes = 'viewBox="0 0 30 20"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>\n${inside}\n</svg>`;

const logo = (path: string, content: string | Uint8Array) =>
  readLogo({
    path,
    file: path,
    shown: path,
    bytes: typeof content === 'string' ? Buffer.from(content) : content,
  });

const read = (path: string, content: string | Uint8Array) => {
  const { size, problems } = logo(path, content);
  return { size, problems: problems.map((problem) => formatProblem(problem).split('\n')) };
};

describe('a logo in SVG', () => {
  it.each([
    ['a viewBox', 'viewBox="0 0 200 60"', { width: 200, height: 60 }],
    ['a viewBox with commas, not from 0', 'viewBox="-10,5, 200,60"', { width: 200, height: 60 }],
    ['a width and a height', 'width="120" height="40px"', { width: 120, height: 40 }],
    ['both, which disagree', 'width="120" height="40" viewBox="0 0 1 1"', { width: 120, height: 40 }],
    ['a width that is relative', 'width="100%" height="40" viewBox="0 0 2 1"', { width: 2, height: 1 }],
    ['fractions', 'viewBox="0 0 0.5 0.25"', { width: 2000, height: 1000 }],
  ])('is as large as %s say', (_how, attributes, size) => {
    expect(read('logo.svg', svg('<path d="M0 0h9"/>', attributes))).toEqual({ size, problems: [] });
  });

  it.each(['', 'viewBox="0 0 200"', 'viewBox="0 0 0 60"', 'width="10"', 'viewBox="none"'])(
    'has no size with %j',
    (attributes) => {
      expect(read('logo.svg', svg('', attributes)).problems).toEqual([
        expect.arrayContaining(['logo.svg:1:1  a logo without a size']),
      ]);
    },
  );

  it.each([
    ['<script>alert(1)</script>', '<script>'],
    ['<g><foreignObject/></g>', '<foreignObject>'],
    ['<g onload="alert(1)"/>', 'onload="alert(1)"'],
    ['<g ONLOAD="alert(1)"/>', 'ONLOAD="alert(1)"'],
    ['<use href="other.svg#a"/>', 'href="other.svg#a"'],
    ['<image xlink:href="https://example.org/a.png"/>', 'href="https://example.org/a.png"'],
    ['<image xmlns:x="http://www.w3.org/1999/xlink" x:href="a.png"/>', 'href="a.png"'],
    ['<image href="data:image/svg+xml,&lt;svg/>"/>', 'href="data:image/svg+xml,<svg/>"'],
    ['<use href="&#106;avascript:alert(1)"/>', 'href="javascript:alert(1)"'],
    ['<a href="#a"/>', '<a>'],
    ['<font/>', '<font>'],
    ['<s:script xmlns:s="http://www.w3.org/2000/svg"/>', '<script>'],
    ['<h:script xmlns:h="http://www.w3.org/1999/xhtml"/>', '<script>'],
    ['<metadata><img xmlns="http://www.w3.org/1999/xhtml"/></metadata>', '<img>'],
    ['<math xmlns="http://www.w3.org/1998/Math/MathML"/>', '<math>'],
    ['<set attributeName="href" to="https://example.org/"/>', '<set>'],
    ['<animate attributeName="href"/>', '<animate>'],
    ['<animateTransform/>', '<animateTransform>'],
    ['<animateMotion/>', '<animateMotion>'],
    ['<discard/>', '<discard>'],
    ['<g xml:base="https://example.org/"/>', 'xml:base="https://example.org/"'],
    ['<feImage href="https://example.org/a.png"/>', 'href="https://example.org/a.png"'],
    ['<rect fill="url(https://example.org/#a)"/>', 'fill="url(https://example.org/#a)"'],
    ['<rect style="fill:url( &apos;a.svg#b&apos; )"/>', 'style="fill:url( \'a.svg#b\' )"'],
    ['<style>@import "a.css";</style>', '<style> with an address outside of it'],
    ['<style>a { fill: u\\72l(b.svg) }</style>', '<style> with an address outside of it'],
    ['<style>@font-face { src: url(b.woff2) }</style>', '<style> with an address outside of it'],
    [
      '<style>a { fill: image-set("https://example.org/a.png" 1x) }</style>',
      '<style> with an address outside of it',
    ],
    ['<style>a { fill: -webkit-image-set("a.png" 1x) }</style>', '<style> with an address outside of it'],
    ['<style>a { fill: src("a.svg#b") }</style>', '<style> with an address outside of it'],
    ['<style>@namespace "https://example.org/";</style>', '<style> with an address outside of it'],
    ['<style>a { --b: //example.org/a.png }</style>', '<style> with an address outside of it'],
    ['<style>a { fill: url(#b), URL(//example.org/a) }</style>', '<style> with an address outside of it'],
    [
      '<style>a { fill: url("#b"/**/); cursor: url(https://example.org/a); content: "a")" }</style>',
      '<style> with an address outside of it',
    ],
    ['<rect cursor="image-set(&apos;a.png&apos; 1x)"/>', 'cursor="image-set(\'a.png\' 1x)"'],
    ['<rect fill="src(&apos;//example.org&apos;)"/>', 'fill="src(\'//example.org\')"'],
    ['<rect style="--a: https://example.org"/>', 'style="--a: https://example.org"'],
    ['<?xml-stylesheet href="a.css"?>', '<?…?>'],
  ])('is no more than a picture: not %s', (inside, found) => {
    expect(read('logo.svg', svg(inside)).problems).toEqual([
      [
        'logo.svg:2:1  a logo that is more than a picture',
        '  expected  SVG of shapes, text and pictures alone: no script, no animation, nothing from outside of the file',
        `  found     ${found}`,
        '  hint      remove it, or save the logo as PNG',
      ],
    ]);
  });

  it.each([
    '<use href="#a"/><rect fill="url(#a)" style="fill:url(&quot;#a&quot;)"/>',
    '<style>.a { fill: url(#b); font-family: "On" }</style>',
    '<image href="data:image/png;base64,AAAA"/>',
    '<!-- <script/> --><desc>onload="alert(1)"</desc>',
    '<style>a { fill: url("data:image/png;base64,AA//BB") } @font-face { src: url("#b") format(svg) }</style>',
    '<g transform="matrix(1 0 0 1 2 3)" style="mix-blend-mode:multiply"/>',
    // Notes of drawing programs.
    '<g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:export-filename="C:\\logo (2).png" i:href="x"/>',
    '<i:view xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:document="C:\\logo (2)" i:href="x"/>',
    '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" r:about="https://example.org"/></metadata>',
    '<filter id="a"><feGaussianBlur stdDeviation="2"/><feMerge><feMergeNode/></feMerge></filter>',
  ])('may be %s', (inside) => {
    expect(read('logo.svg', svg(inside)).problems).toEqual([]);
  });

  it.each([
    ['', 'Document is empty'],
    ['<svg', ''],
    [svg('<g>'), 'tag mismatch'],
    ['<html xmlns="http://www.w3.org/1999/xhtml"/>', '<html xmlns="http://www.w3.org/1999/xhtml">'],
    ['<svg viewBox="0 0 1 1"/>', '<svg>'],
    ['PNG', ''],
    [svg(`${'<g>'.repeat(300)}${'</g>'.repeat(300)}`), 'Excessive depth in document: 256'],
  ])('cannot be %j', (text, found) => {
    const { problems } = read('logo.svg', text);
    expect(problems[0]?.[0]).toMatch(/^logo\.svg:\d+:1 {2}a logo that cannot be read$/);
    expect(problems[0]?.[2]).toContain(found);
    expect(problems[0]?.[2]).not.toContain('XML_PARSE');
  });

  it.each([
    ['entities', '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">', '<!ENTITY a …'],
    ['attributes that it does not show', '<!ATTLIST g onload CDATA "alert(1)">', '<!ATTLIST g …'],
  ])('cannot have %s of its own', (_what, declared, found) => {
    const { problems } = read('logo.svg', `<!DOCTYPE svg [\n${declared}]>${svg('<g/>')}`);
    expect(problems).toEqual([
      [
        'logo.svg:2:1  a logo that is more than a picture',
        expect.stringContaining('expected  SVG of shapes'),
        `  found     ${found}`,
        '  hint      remove it, or save the logo as PNG',
      ],
    ]);
  });

  it('may name the type of its document', () => {
    const type =
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">';
    const head = `<?xml version="1.0" encoding="utf-8" standalone="no"?>\n${type}\n`;
    expect(read('logo.svg', `${head}${svg('')}`).problems).toEqual([]);
  });

  it('with the data of Illustrator is told how to be saved without them', () => {
    const declared = '<!ENTITY ns_svg "http://www.w3.org/2000/svg">';
    expect(read('logo.svg', `<!DOCTYPE svg [ ${declared} ]>${svg('')}`).problems[0]?.[3]).toBe(
      '  hint      save it anew from Illustrator as SVG 1.1, with "Preserve Illustrator Editing Capabilities" off',
    );
  });

  it.each([
    ['in UTF-16', Buffer.from(`\uFEFF${svg('<script/>')}`, 'utf16le'), 'UTF-16'],
    [
      'in UTF-16 without a mark',
      Buffer.from(`<!DOCTYPE svg [<!ENTITY a "a">]>${svg('')}`, 'utf16le'),
      'UTF-16',
    ],
    [
      'with bytes of another encoding',
      Buffer.from(svg('<text>é</text>'), 'latin1'),
      'the byte E9 (hexadecimal), "é" in Windows-1252',
    ],
    [
      'that says it has another encoding',
      Buffer.from(`<?xml version="1.0" encoding='UTF-7'?>${svg('')}`),
      'encoding="UTF-7"',
    ],
  ])('cannot be one %s', (_what, bytes, found) => {
    expect(read('logo.svg', bytes).problems).toEqual([
      [
        expect.stringMatching(/^logo\.svg:\d+:\d+ {2}the file is not UTF-8$/),
        '  expected  UTF-8',
        `  found     ${found}`,
        '  hint      save it anew as UTF-8',
      ],
    ]);
  });

  it('whose sides are in millimetres is told what is missing', () => {
    expect(read('logo.svg', svg('', 'width="50mm" height="20mm"')).problems).toEqual([
      [
        'logo.svg:1:1  a logo without a size',
        '  expected  a viewBox, such as viewBox="0 0 200 60"',
        '  found     width="50mm" height="20mm"',
        '  hint      save it with a viewBox, or with both sides in pixels; without them the page moves while it loads',
      ],
    ]);
  });

  it.each([
    ['viewBox="0 0 2000 100"', []],
    ['viewBox="0 0 2001 100"', ['a logo that is too narrow']],
    ['width="10" height="201"', ['a logo that is too narrow']],
    ['viewBox="0 0 1e400 1e400"', ['a logo of a size that cannot be used']],
    ['viewBox="0 0 2e6 2e6"', ['a logo of a size that cannot be used']],
    ['viewBox="0 0 1e-9 1e-9"', ['a logo of a size that cannot be used']],
    ['viewBox="0 0 0.001 0.001"', []],
  ])('with %s has the problems %j', (attributes, messages) => {
    const { problems } = read('logo.svg', svg('', attributes));
    expect(problems.map(([line]) => line?.replace(/^.*? {2}/, ''))).toEqual(messages);
  });
});

describe('a logo of any kind', () => {
  const weighing = (bytes: number) => {
    const [before = '', after = ''] = svg('<image href="data:image/png;base64,-"/>').split('-');
    return logo('logo.svg', `${before}${'A'.repeat(bytes - before.length - after.length)}${after}`);
  };
  const messages = (problems: readonly CourseProblem[]) =>
    problems.map(({ message, found }) => [message, found]);

  it.each([
    [100_000, [], []],
    [100_001, [], [['a logo that is too large', '101 KB']]],
    [1_000_000, [], [['a logo that is too large', '1.00 MB']]],
    [1_000_001, [['a logo that is too large', '1.01 MB']], []],
    // libxml would speak of its own option XML_PARSE_HUGE.
    [11_000_000, [['a logo that is too large', '11.00 MB']], []],
  ])('of %d bytes has the problems %j and the warnings %j', (bytes, problems, warnings) => {
    const read = weighing(bytes);
    expect([messages(read.problems), messages(read.warnings)]).toEqual([problems, warnings]);
  });
});

describe('a logo in PNG', () => {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    // Nobody reads the checksum here.
    return Buffer.concat([length, Buffer.from(type, 'latin1'), data, Buffer.alloc(4)]);
  };
  const png = (width: number, height: number) => {
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
    return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.alloc(1)))]);
  };

  it('is as large as its header says', () => {
    expect(read('logo.png', png(640, 7000))).toEqual({
      size: { width: 640, height: 7000 },
      problems: [],
    });
  });

  it.each([
    [640, 70_000, 'a logo of a size that cannot be used'],
    [2 ** 31, 2 ** 31, 'a logo of a size that cannot be used'],
    [2001, 100, 'a logo that is too narrow'],
  ])('of %d by %d pixels is refused', (width, height, message) => {
    expect(read('logo.png', png(width, height)).problems).toEqual([
      expect.arrayContaining([`logo.png:1:1  ${message}`, `  found     ${width} by ${height}`]),
    ]);
  });

  it.each([
    ['with no pixels', png(0, 5), '0 by 5 pixels'],
    [
      'of another kind',
      Buffer.from('\xff\xd8\xff JPEG and so on, long enough', 'latin1'),
      'another kind of file',
    ],
    ['that is cut off', png(5, 5).subarray(0, 20), 'another kind of file'],
    ['that is empty', Buffer.alloc(0), 'another kind of file'],
  ])('cannot be one %s', (_what, bytes, found) => {
    expect(read('logo.png', bytes).problems).toEqual([
      expect.arrayContaining(['logo.png:1:1  a logo that cannot be read', `  found     ${found}`]),
    ]);
  });
});

describe('the logo of a program', () => {
  const withLogo = (path: string, text: string, media = small.media) =>
    checkCourse({
      ...small,
      media,
      programs: [
        ...small.programs,
        {
          name: 'own',
          yaml: {
            file: `${small.dir}/programs/own.yaml`,
            text: `brand: { logo: { file: ${path}, alt: A } }\n`,
          },
          pages: [],
          others: [
            { path, file: path, shown: `${small.dir}/programs/own/${path}`, bytes: Buffer.from(text) },
          ],
        },
      ],
    });
  const first = (result: ReturnType<typeof checkCourse>) =>
    result.ok ? '' : formatProblem(result.problems[0] ?? expect.fail()).replaceAll(`${small.dir}/`, '');

  it('has a name in the package that any package may have', () => {
    const result = withLogo('Unser Logo.svg', svg(''));
    if (!result.ok) throw new Error(first(result));
    expect(result.programs.find(({ course }) => course.program === 'own')?.media).toEqual([
      ...small.media,
      { path: 'media/logo-own.svg', file: 'Unser Logo.svg' },
    ]);
  });

  it('is no file of another kind', () => {
    expect(first(withLogo('logo.gif', 'GIF89a'))).toMatchInlineSnapshot(`
      "programs/own.yaml:1:24  a logo that is neither SVG nor PNG
        expected  a file of the folder programs/own/ that ends in .svg or .png
        found     "logo.gif"
        hint      save it as SVG or PNG"
    `);
  });

  it.each(['LOGO.PNG', 'logo.Svg'])('has its extension in small letters: not %s', (path) => {
    expect(first(withLogo(path, svg('')))).toBe(
      [
        'programs/own.yaml:1:24  a logo whose extension is not in small letters',
        '  expected  .svg or .png in small letters',
        `  found     "${path}"`,
        `  hint      rename the file to ${path === 'LOGO.PNG' ? 'LOGO.png' : 'logo.svg'}, and write that here`,
      ].join('\n'),
    );
  });

  it('that is heavy is warned of, and built', () => {
    const result = withLogo('logo.svg', svg(`<desc>${'A'.repeat(100_000)}</desc>`));
    expect(result).toMatchObject({
      ok: true,
      warnings: [{ file: `${small.dir}/programs/own/logo.svg`, message: 'a logo that is too large' }],
    });
  });

  it('is named where it cannot be read', () => {
    expect(first(withLogo('logo.svg', svg('<script/>')))).toMatch(/^programs\/own\/logo\.svg:2:1 /);
  });

  it('needs its place in the package', () => {
    const taken = [...small.media, { path: 'media/logo-own.svg', file: 'media/logo-own.svg' }];
    expect(first(withLogo('logo.svg', svg(''), taken))).toMatchInlineSnapshot(`
      "programs/own.yaml:1:24  the place of the logo in the package is taken
        expected  no file media/logo-own.svg in the course
        found     media/logo-own.svg
        hint      rename the file of the course"
    `);
  });
});
