import { h } from '../browser/dom.ts';
import { dayInWords } from '../browser/weeks.ts';
import type { KnownReader } from './box.ts';
import { actionWords } from './concern.ts';
import type { Inbox } from './inbox.ts';

/** Everybody who reads concerns or did, and what became of their keys: the same for all readers. */
export function showReaders(inbox: Inbox): void {
  const { readers, log } = inbox.box;
  const order = (reader: KnownReader): number => ['reads concerns', 'away', 'left'].indexOf(standing(reader));
  const sorted = [...readers].sort(
    (one, other) => order(one) - order(other) || one.name.localeCompare(other.name, 'en-GB'),
  );
  inbox.show(
    'Readers',
    h(
      'p',
      { class: 'text' },
      'Do you see somebody here who should not be? Tell the headteacher or the chair of governors at once.',
    ),
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, ...['Name', 'Role', 'Now'].map((head) => h('th', { scope: 'col' }, head)))),
      h(
        'tbody',
        {},
        sorted.map((reader) =>
          h('tr', {}, h('td', {}, reader.name), h('td', {}, reader.title), h('td', {}, standing(reader))),
        ),
      ),
    ),
    h('h2', {}, 'What happened'),
    h(
      'ul',
      {},
      log.toReversed().map(({ reader: id, action, day }) => {
        const reader = readers.find((each) => each.id === id);
        const who = reader ? `${reader.name} (${reader.title})` : 'Somebody';
        return h('li', {}, `${dayInWords(day)}: ${who} ${actionWords[action] ?? action}.`);
      }),
    ),
  );
}

const standing = ({ state, present }: KnownReader): string =>
  state === 'left' ? 'left' : present ? 'reads concerns' : 'away';
