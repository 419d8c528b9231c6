import type { Stretch } from '../../../../src/concerns/sealing/mod.ts';
import { CallError } from './call.ts';

/** Stretches in a thread of its own, so that the page goes on answering; its memory is let go of afterwards. */
export const stretch: Stretch = async (typed, salt) => {
  const worker = new Worker(new URL('./stretcher.js', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }) => resolve(data));
      worker.addEventListener('error', () =>
        reject(
          new CallError(
            0,
            'This browser could not do the sealing. Please close other pages, or use another browser.',
          ),
        ),
      );
      worker.postMessage({ typed, salt });
    });
  } finally {
    worker.terminate();
  }
};
