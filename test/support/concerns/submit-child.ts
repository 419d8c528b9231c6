import { writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createConcerns } from '../../../src/concerns/concerns.ts';
import { newReceipt, ready } from '../../../src/concerns/sealing/mod.ts';
import { openConcernStore } from '../../../src/concerns/store/open.ts';
import { stretchOnThreads } from '../../../src/concerns/stretch.ts';
import { systemClock } from '../../../src/school/clock.ts';
import { createPeople } from '../../../src/school/people.ts';
import { quickStretch, schoolOf } from './house.ts';

/**
 * Sends one concern after the other until it is killed, and shows each code: `node submit-child.ts FOLDER MODE`.
 * `real` stretches as the bot does; `quick` is in the store most of the time; `careless` shows a code before
 * its concern is stored, as a bot must not.
 */
const [folder = '', mode = 'real'] = process.argv.slice(2);
await ready;
const store = await openConcernStore(folder, systemClock);
const school = schoolOf();
const people = createPeople(school, []);
const { senders } = createConcerns({
  store,
  clock: systemClock,
  school,
  people: () => people,
  stretch: mode === 'real' ? stretchOnThreads() : quickStretch,
});
const route = await senders.readersFor({ about: 'adult', exclude: [] });
if (route.kind !== 'readers') throw new Error('Nobody reads.');
const readers = route.readers.map(({ id }) => id);

/** At once, so that nothing waits in a buffer that dies with the process. */
const show = (line: string): void => {
  writeSync(1, `${line}\n`);
};

show('ready');
for (let n = 0; ; n++) {
  if (mode === 'careless') {
    show(newReceipt());
    await pause(100);
    continue;
  }
  const draft = { about: 'adult', exclude: [], kind: 'conduct', readers, nonce: String(n) } as const;
  const submitted = await senders.submit({ ...draft, text: `Concern ${process.pid} ${n}` });
  if (submitted.kind !== 'stored') throw new Error(submitted.kind);
  show(submitted.receipt);
}
