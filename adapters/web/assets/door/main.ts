import { ready } from '../../../../src/concerns/sealing/mod.ts';
import { h } from '../browser/dom.ts';
import { wordsOf } from '../browser/form.ts';
import { show } from '../browser/screen.ts';
import { openDoor } from './door.ts';

// A page that comes back from the browser's memory would show what somebody wrote before.
addEventListener('pageshow', ({ persisted }) => persisted && location.reload());

try {
  await ready;
  await openDoor();
} catch (error) {
  show('Raise a concern', h('p', { class: 'error', role: 'alert' }, `⚠ ${wordsOf(error)}`));
}
