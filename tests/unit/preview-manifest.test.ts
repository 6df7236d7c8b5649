import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readManifest } from '../../src/preview/read-manifest.ts';

const ITEM = '<item identifier="i" identifierref="r"><title>The SCO</title></item>';
const RESOURCE = '<resource identifier="r" href="index.html#start"/>';

function read({ version = '<schemaversion>1.2</schemaversion>', item = ITEM, resource = RESOURCE } = {}) {
  return readManifest(
    strToU8(`<?xml version="1.0"?>
      <manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
        xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
        <metadata>${version}</metadata>
        <organizations default="second">
          <organization identifier="first"><title>Another</title></organization>
          <organization identifier="second"><title> A course </title>${item}</organization>
        </organizations>
        <resources>${resource}</resources>
      </manifest>`),
  );
}

describe('reading a manifest', () => {
  it('takes title and launch page of the default organization', () => {
    expect(read()).toMatchObject({ title: 'A course', href: 'index.html#start' });
  });

  it('takes the first leaf of a tree', () => {
    const item = `<item identifier="folder"><title>Folder</title>${ITEM}</item>`;
    expect(read({ item }).href).toBe('index.html#start');
  });

  it.each([
    ['<schemaversion>1.2</schemaversion>', '1.2', 'SCORM 1.2', 4096],
    ['', '1.2', 'SCORM 1.2', 4096],
    ['<schemaversion>CAM 1.3</schemaversion>', '2004', 'SCORM 2004 2nd Edition', 4000],
    ['<schemaversion>2004 3rd Edition</schemaversion>', '2004', 'SCORM 2004 3rd Edition', 64000],
    ['<schemaversion>2004 4th Edition</schemaversion>', '2004', 'SCORM 2004 4th Edition', 64000],
  ])('knows the edition of %s', (version, edition, editionLabel, suspendDataLimit) => {
    expect(read({ version })).toMatchObject({ edition, editionLabel, suspendDataLimit });
  });

  it('takes what the package tells its SCO', () => {
    const item = `<item identifier="i" identifierref="r">
      <adlcp:masteryscore>80</adlcp:masteryscore><adlcp:dataFromLMS>x=1</adlcp:dataFromLMS>
      <adlcp:completionThreshold completedByMeasure="true" minProgressMeasure="0.9"/>
      <imsss:sequencing><imsss:objectives><imsss:primaryObjective satisfiedByMeasure="true">
        <imsss:minNormalizedMeasure>0.8</imsss:minNormalizedMeasure>
      </imsss:primaryObjective></imsss:objectives></imsss:sequencing></item>`;
    expect(read({ item }).settings).toEqual({
      launchData: 'x=1',
      masteryScore: '80',
      scaledPassingScore: '0.8',
      completionThreshold: '0.9',
    });
  });

  it('says what is missing', () => {
    expect(() => readManifest(strToU8('<manifest/>'))).toThrowErrorMatchingInlineSnapshot(
      `[ManifestError: imsmanifest.xml: expected an <organization> with a course in it, found none. Is this a SCORM package?]`,
    );
    expect(() => read({ item: '' })).toThrowErrorMatchingInlineSnapshot(
      `[ManifestError: imsmanifest.xml: expected an <item> with an identifierref, found none. Is this a SCORM package?]`,
    );
    expect(() => read({ resource: '' })).toThrowErrorMatchingInlineSnapshot(
      `[ManifestError: imsmanifest.xml: expected a <resource identifier="r"> with an href, found no such resource. Check the manifest's resources.]`,
    );
    expect(() => read({ resource: '<resource identifier="r"/>' })).toThrowErrorMatchingInlineSnapshot(
      `[ManifestError: imsmanifest.xml: expected a <resource identifier="r"> with an href, found no href. Check the manifest's resources.]`,
    );
  });
});
