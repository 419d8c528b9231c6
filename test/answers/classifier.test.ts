import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Classifier, learnWeights } from '../../src/answers/classifier.ts';
import { FeatureCounter, FeatureSpace, featuresOf } from '../../src/answers/features.ts';
import { stemOf, wordsOf } from '../../src/answers/text.ts';

const read = (text: string) => ({ stems: wordsOf(text).map(stemOf), concepts: [] });
const taught: readonly [label: string, text: string][] = [
  ['phone', 'where may i use my phone'],
  ['phone', 'phone in the corridor'],
  ['phone', 'mobile on my desk'],
  ['photo', 'can i post a photo of pupils'],
  ['photo', 'picture of the class on insta'],
  ['photo', 'photo of sports day'],
];

function learnt() {
  const counter = new FeatureCounter();
  const encoded = taught.map(([, text]) => counter.encode(featuresOf(read(text))));
  const { names, shrink } = counter.keepWorthwhile();
  const weights = learnWeights(
    encoded.map(shrink),
    taught.map(([label]) => label),
    names.length,
  );
  return { names, weights, classifier: new Classifier(weights), space: new FeatureSpace(names) };
}

describe('the classifier', () => {
  test('recognises what it was taught, and the like of it', () => {
    const { classifier, space } = learnt();
    for (const [label, text] of [
      ...taught,
      ['phone', 'my mobile in the corridor'],
      ['photo', 'pupils on insta'],
    ] as const)
      expect([text, classifier.guess(space.encode(read(text)))[0]!.label]).toEqual([text, label]);
  });

  test('probabilities add up to one, likeliest first; a message of unknown words is no certainty', () => {
    const { classifier, space } = learnt();
    const guesses = classifier.guess(space.encode(read('zebra crossing')));
    expect(guesses.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 5);
    expect(guesses[0]!.probability).toBeGreaterThanOrEqual(guesses[1]!.probability);
    expect(guesses[0]!.probability).toBeLessThan(0.9);
  });

  test('the same examples give the same weights', () => {
    expect(learnt().weights).toEqual(learnt().weights);
  });

  test('a pair of words seen once is forgotten, a word is not', () => {
    const { names } = learnt();
    expect(names).toContain('w:insta');
    expect(names).not.toContain('b:class on');
  });
});

test('the features of a question are those of its names that an example has, each once', () => {
  const word = fc.constantFrom('phone', 'can', 'i', 'my', 'use', 'photo', 'zebra');
  const reading = fc.record({
    stems: fc.array(word, { maxLength: 12 }),
    concepts: fc.uniqueArray(fc.constantFrom('device', 'pupil'), { maxLength: 2 }),
  });
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 4 }), reading, (examples, asked) => {
      const names = [...new Set(examples.flatMap((example) => [...featuresOf(example).keys()]))];
      const { ids, weights } = new FeatureSpace(names).encode(asked);
      const found = [...ids].map((id, n) => [names[id], weights[n]]);
      const known = [...featuresOf(asked)].filter(([name]) => names.includes(name));
      expect(found).toEqual(known.map(([name, weight]) => [name, Math.fround(weight)]));
    }),
  );
});
