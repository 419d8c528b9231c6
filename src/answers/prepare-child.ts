import { serialize } from 'node:v8';
import { ContentError } from '../content/fault.ts';
import { loadContent } from '../content/load.ts';
import { learn } from './learn.ts';
import type { Outcome } from './prepare.ts';

/** Reads and learns in a process of its own, whose memory goes with it: `node prepare-child.ts DIRECTORY`. */
function outcome(directory: string): Outcome {
  try {
    const content = loadContent(directory);
    return { prepared: { content, learnt: learn(content) } };
  } catch (error) {
    if (error instanceof ContentError) return { faults: error.faults };
    throw error;
  }
}

process.stdout.write(serialize(outcome(process.argv[2] ?? '')));
