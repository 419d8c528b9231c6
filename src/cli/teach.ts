import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { harmless } from '../chat/harmless.ts';
import { checkContent } from '../content/check.ts';
import { describeFault, type Fault } from '../content/fault.ts';
import { readContent } from '../content/load.ts';
import type { Referrals } from '../referrals/referrals.ts';
import { withPhrasing } from './phrasing.ts';
import type { Shell } from './shell.ts';

export interface Lesson {
  /** Id of a question on the list of those that were reported. */
  readonly gap: string;
  /** Id of an entry (or a gap) of a guidance.yaml. */
  readonly entry: string;
  /** The content folder. */
  readonly directory: string;
  readonly referrals: Referrals;
  readonly shell: Pick<Shell, 'output' | 'errors'>;
}

/**
 * Adds a reported question to the phrasings of an entry and takes it off the list. Where the content then
 * has a fault that it did not have before, the file is put back as it was. Returns the exit code.
 */
export async function teach({ gap, entry, directory, referrals, shell }: Lesson): Promise<number> {
  const refuse = (...lines: readonly string[]): number => {
    shell.errors.write(`${harmless(lines.join('\n'))}\n`);
    return 1;
  };
  const question = (await referrals.gaps()).find(({ id }) => id === gap)?.question.replace(/\s+/g, ' ');
  if (question === undefined)
    return refuse(`There is no question ${gap} on the list. "content gaps" shows what there is.`);
  const sources = readContent(directory).sources.filter(({ policy }) =>
    [...policy.guidance, ...policy.gaps].some(({ id }) => id === entry),
  );
  const [source] = sources;
  if (!source) return refuse(`No guidance.yaml in ${directory} has an entry "${entry}".`);
  if (sources.length > 1)
    return refuse(
      `More than one policy has an entry "${entry}": ${sources.map(({ files }) => files.guidance).join(', ')}.`,
      'Add the question to the right one by hand, then dismiss it with "content dismiss".',
    );

  const file = source.files.guidance;
  const before = readFileSync(file, 'utf8');
  const after = withPhrasing(before, entry, question);
  if (after === undefined)
    return refuse(`${file} does not list the phrasings of "${entry}" in a way that can be added to.`);
  const known = new Set(checkContent(directory).map(keyOf));
  replaceFile(file, after);
  const faults = checkContent(directory).filter((fault) => !known.has(keyOf(fault)));
  if (faults.length > 0) {
    replaceFile(file, before);
    return refuse(...faults.map(describeFault), `${file} is as it was: nothing was added.`);
  }
  await referrals.markTaught(gap);
  shell.output.write(
    `${harmless(file)}: "${harmless(entry)}" now has this phrasing too. A bot that is running knows it after a restart.\n`,
  );
  return 0;
}

/** Lines move when one is added, so a fault is known by its words. */
const keyOf = ({ file, what }: Fault): string => `${file}\n${what}`;

/** Whole or not at all, should the machine stop in the middle. */
function replaceFile(file: string, text: string): void {
  const beside = `${file}.new`;
  writeFileSync(beside, text);
  renameSync(beside, file);
}
