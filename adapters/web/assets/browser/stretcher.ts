import { ready, stretchHere } from '../../../../src/concerns/sealing/mod.ts';

/** The thread that stretches what a person typed: half a second of work. */
addEventListener('message', async ({ data }) => {
  await ready;
  postMessage(await stretchHere(data.typed, data.salt));
});
