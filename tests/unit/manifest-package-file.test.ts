import { describe, expect, it } from 'vitest';
import { checkOwnPaths, checkPackagePaths, PackageFileError } from '../../manifest/package-file.ts';

describe('checkPackagePaths', () => {
  it('takes what packages hold', () => {
    const paths = ['imsmanifest.xml', 'index.html', 'media/world_map-2.svg', 'XMLSchema.dtd', 'a/b/c.min.js'];
    expect(() => checkPackagePaths(paths)).not.toThrow();
  });

  it.each([
    ['', 'an empty path'],
    ['media\\map.svg', 'a backslash'],
    ['C:\\map.svg', 'a backslash'],
    ['/etc/passwd', 'an absolute path'],
    ['C:/map.svg', 'the character ":"'],
    ['../map.svg', 'a step out of the package ("..")'],
    ['media/../../map.svg', 'a step out of the package ("..")'],
    ['media//map.svg', 'an empty part'],
    ['media/', 'an empty part'],
    ['./map.svg', 'a name that starts with "."'],
    ['media/.DS_Store', 'a name that starts with "."'],
    ['media/map.', 'a name that ends with "."'],
    ['media/world map.svg', 'the character " "'],
    ['media/carte-géo.svg', 'the character "é"'],
    ['media/100%.svg', 'the character "%"'],
    ['media/a\u0000.svg', 'the character "\\u0000"'],
    ['media/🌍.svg', 'the character "🌍"'],
  ])('refuses %j', (path, found) => {
    expect(() => checkPackagePaths(['index.html', path])).toThrow(PackageFileError);
    expect(() => checkPackagePaths(['index.html', path])).toThrow(`found     ${found}`);
  });

  it('refuses two files with one path', () => {
    expect(() => checkPackagePaths(['a.js', 'b.js', 'a.js'])).toThrow('two files with this path');
  });

  it('refuses two files whose names differ in case only', () => {
    expect(() => checkPackagePaths(['media/Map.svg', 'media/map.svg'])).toThrow(
      'another file named "media/Map.svg"',
    );
  });

  it('says where, what was expected, what was found and what to do', () => {
    expect(() => checkPackagePaths(['media/world map.svg'])).toThrowErrorMatchingInlineSnapshot(`
      [PackageFileError: "media/world map.svg" cannot go into a package
        expected  a relative path of a–z, A–Z, 0–9, ".", "_" and "-", parts separated by "/", each name once
        found     the character " "
        hint      rename the file]
    `);
  });
});

describe('checkOwnPaths', () => {
  it('refuses what is true of a name only that we give', () => {
    expect(() => checkOwnPaths(['media/world-map.svg'])).not.toThrow();
    expect(() => checkOwnPaths(['media/Map.svg'])).toThrow('found     the capital letter "M"');
    expect(() => checkOwnPaths([`media/${'a'.repeat(80)}.svg`])).toThrow('found     90 characters');
    expect(() => checkOwnPaths(['media/world map.svg'])).toThrow('found     the character " "');
  });
});
