import { describe, expect, it } from 'vitest';
import { convertDocument } from '../../../src/erp/iso20022/convert-document.ts';
import { pain00100103 } from '../../../src/iso20022/messages/pain.001.001.03.ts';
import { pain00100109 } from '../../../src/iso20022/messages/pain.001.001.09.ts';
import { checked } from '../../iso20022/support/checked.ts';
import { generated } from '../../iso20022/support/document-generator.ts';
import type { Node } from '../../iso20022/support/document-tree.ts';
import { isNode, nodesIn, treeOf, written } from '../../iso20022/support/document-tree.ts';
import { Random } from '../../iso20022/support/random.ts';
import { sourceOf, textOf } from './payment-file.ts';

/** Writes a version 3 as version 9, by hand and the other way round than the product; what version 9 lost is dropped. */
function asVersion9(root: Node): Node {
  const child = (node: Node, name: string): Node | undefined =>
    node.children.filter(isNode).find((found) => found.name === name);
  const wrap = (node: Node, name: string): void => {
    node.children = [{ name, attributes: node.attributes, children: node.children }];
    node.attributes = [];
  };
  const tree = structuredClone(root);
  for (const { node, parent } of [...nodesIn(tree)]) {
    const at = `${parent?.name ?? ''}/${node.name}`;
    if (at === 'FinInstnId/BIC') node.name = 'BICFI';
    if (at === 'OrgId/BICOrBEI') node.name = 'AnyBIC';
    if (at === 'Tax/AdmstnZn') node.name = 'AdmstnZone';
    if (at === 'PmtInf/ReqdExctnDt') wrap(node, 'Dt');
    if (at === 'PstlAdr/AdrTp' || at === 'Adr/AdrTp' || at === 'RmtLctnDtls/AdrTp') wrap(node, 'Cd');
    if (at === 'RfrdDocAmt/DscntApldAmt' || at === 'RfrdDocAmt/TaxAmt') wrap(node, 'Amt');
    if (node.name === 'RltdRmtInf') {
      const details = node.children.filter(isNode).filter(({ name }) => name !== 'RmtId');
      for (const detail of details) detail.name = detail.name.replace('RmtLctn', '');
      const id = child(node, 'RmtId');
      const location = { name: 'RmtLctnDtls', attributes: [], children: details };
      node.children = [...(id === undefined ? [] : [id]), ...(details.length > 0 ? [location] : [])];
    }
  }
  return tree;
}

/** Takes out what has no place in version 9: another contact, and a remittance location without a method. */
function withoutLosses(root: Node): Node {
  const tree = structuredClone(root);
  for (const { node } of [...nodesIn(tree)]) {
    const names = node.children.filter(isNode).map(({ name }) => name);
    const located = names.includes('RmtLctnMtd');
    node.children = node.children.filter((found) => {
      if (!isNode(found)) return true;
      if (node.name === 'CtctDtls') return found.name !== 'Othr';
      return node.name !== 'RltdRmtInf' || located || !found.name.startsWith('RmtLctn');
    });
  }
  return tree;
}

describe('the conversion to version 3', () => {
  it('gives back any version 3 that was written as version 9', async () => {
    const random = new Random(7);
    for (let round = 0; round < 25; round++) {
      const original = withoutLosses(
        generated(pain00100103, { optional: round === 0 ? 100 : random.below(70) }, random),
      );
      const source = written(asVersion9(original), pain00100109.namespace);
      expect(checked(source, pain00100109).faults).toEqual([]);
      const conversion = await convertDocument(sourceOf(source, 5000));
      if (conversion.kind !== 'converted') throw new Error(JSON.stringify(conversion));
      expect(plain(treeOf(Buffer.from(await textOf(conversion.bytes))).root)).toEqual(plain(original));
    }
  });

  it('never gives a document that is not a valid version 3, nor one that says less', async () => {
    const random = new Random(8);
    let converted = 0;
    for (let round = 0; round < 120; round++) {
      const tree = generated(pain00100109, { optional: random.below(12) }, random);
      const conversion = await convertDocument(sourceOf(written(tree, pain00100109.namespace)));
      if (conversion.kind === 'as-is') throw new Error('A version 9 was taken for a version 3.');
      if (conversion.kind === 'impossible') {
        expect(conversion.faults.length).toBeGreaterThan(0);
        continue;
      }
      converted++;
      const result = await textOf(conversion.bytes);
      expect(checked(result, pain00100103).faults).toEqual([]);
      expect(valuesIn(treeOf(Buffer.from(result)).root)).toEqual(valuesIn(tree));
    }
    expect(converted).toBeGreaterThan(10);
  });
});

/** Names, attributes and values; text that came in several pieces is one. */
function plain(node: Node): unknown {
  const attributes = node.attributes.filter(([name]) => !name.startsWith('xmlns'));
  const elements = node.children.filter(isNode);
  return [node.name, attributes, elements.length > 0 ? elements.map(plain) : textIn(node)];
}

function textIn(node: Node): string {
  return node.children.filter((child) => typeof child === 'string').join('');
}

/** The values of all leaves in document order. */
function valuesIn(root: Node): string[] {
  const leaves = [...nodesIn(root)].map(({ node }) => node).filter((node) => !node.children.some(isNode));
  return leaves
    .map((leaf) => [...leaf.attributes.map(([, value]) => value), textIn(leaf)].join(' '))
    .filter((value) => value !== '');
}
