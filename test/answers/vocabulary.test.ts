import { describe, expect, test } from 'vitest';
import { Lexicon } from '../../src/answers/vocabulary.ts';

const lexicon = new Lexicon({
  spellings: { fone: 'phone', 'head teacher': 'headteacher', cant: 'can not' },
  concepts: [
    { id: 'pupil', slot: 'who', words: ['pupil', 'child', 'my class'] },
    { id: 'parent', slot: 'who', words: ['mum', 'dad', '<pupil> <parent>', '<parent> of _ <pupil>'] },
    { id: 'relative', slot: 'who', words: ['niece'] },
    { id: 'not-related', slot: 'who', words: ['like a niece'] },
  ],
  headings: {},
});
const concepts = (message: string): readonly string[] => lexicon.read(message).concepts;

describe('the vocabulary', () => {
  test('finds a word in all its forms', () => {
    expect(concepts('pupils')).toEqual(['pupil']);
  });

  test('a phrase wins over the words inside it', () => {
    expect(concepts("a pupil's mum")).toEqual(['parent']);
    expect(concepts('the mum of a child')).toEqual(['parent']);
    expect(concepts('she is like a niece')).toEqual(['not-related']);
    expect(concepts('mum and a pupil')).toEqual(['parent', 'pupil']);
  });

  test('puts text-speak right, also where it makes one word of two or two of one', () => {
    expect(lexicon.read("fone the head teacher, can't").words).toEqual([
      'phone',
      'the',
      'headteacher',
      'can',
      'not',
    ]);
  });

  test('says where a concept stands and which slot it fills', () => {
    expect(lexicon.read('can my class come').spans).toEqual([{ concept: 'pupil', from: 1, to: 3 }]);
    expect(lexicon.slotOf('pupil')).toBe('who');
  });
});
