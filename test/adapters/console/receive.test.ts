import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPeople, readLine } from '../../../adapters/console/receive.ts';

describe('readLine', () => {
  test.each([
    ['', 3, { kind: 'nothing' }],
    ['   ', 3, { kind: 'nothing' }],
    [' can I? ', 3, { kind: 'question', text: 'can I?' }],
    ['2', 3, { kind: 'press', number: 2 }],
    ['0', 3, { kind: 'press', number: 0 }],
    ['1000', 3, { kind: 'press', number: 1000 }],
    ['2', 0, { kind: 'question', text: '2' }],
    ['2 phones', 3, { kind: 'question', text: '2 phones' }],
    ['/me', 0, { kind: 'me', name: '' }],
    ['/ME  Grace Holloway ', 0, { kind: 'me', name: 'Grace Holloway' }],
    ['/quit', 0, { kind: 'leave' }],
    ['/dance now', 0, { kind: 'unknown command', command: '/dance' }],
    ['/ what?', 0, { kind: 'question', text: '/ what?' }],
    ['/etc/passwd', 0, { kind: 'question', text: '/etc/passwd' }],
  ])('%j with %i buttons', (line, last, heard) => {
    expect(readLine(line, last > 0)).toEqual(heard);
  });

  test('takes anything', () => {
    const heard = fc.property(fc.string({ unit: 'binary' }), fc.nat(9), (line, last) => {
      expect(readLine(line, last > 0).kind).toBeTypeOf('string');
    });
    fc.assert(heard);
  });
});

describe('findPeople', () => {
  const grace = { id: 'head@hill.example', name: 'Grace Holloway', groups: ['headteacher'] };
  const priya = { id: 'p@hill.example', name: 'Priya Raman', groups: ['dsl', 'teacher'] };
  const martin = { id: 'm@hill.example', name: 'Martin Ashe', groups: ['deputy-dsl'] };
  const all = [grace, priya, martin];

  test.each([
    ['grace holloway', [grace]],
    ['grace', [grace]],
    ['holl', [grace]],
    ['dsl', [priya]],
    ['headteacher', [grace]],
    ['p@hill.example', [priya]],
    ['m', [martin]],
    ['hill', all],
    ['nobody', []],
  ])('%s', (typed, found) => {
    expect(findPeople(all, typed)).toEqual(found);
  });
});
