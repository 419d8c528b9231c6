import { button, h, newId } from '../browser/dom.ts';
import { form, selectField } from '../browser/form.ts';
import { wordFor } from '../browser/thread.ts';
import { dayInWords, weekInWords } from '../browser/weeks.ts';
import { type Box, isMuted, nowReading, type OpenConcern, senderWaits, startOf } from './box.ts';
import type { Inbox } from './inbox.ts';

/** All concerns of this reader: by what they are about, what is late first. */
export function showList(inbox: Inbox): void {
  const { box, filter } = inbox;
  const { abouts, statuses } = box.words;
  const route = selectField('About', [
    { value: '', label: 'Everything' },
    ...abouts.map((each) => ({ ...each, checked: each.value === filter.route })),
  ]);
  const status = selectField(
    'Where it is',
    [{ value: 'open', label: 'Open' }, { value: '', label: 'Open and closed' }, ...statuses].map((each) => ({
      ...each,
      checked: each.value === filter.status,
    })),
  );
  const found = h('div');
  const fill = (): void => {
    filter.route = route.value();
    filter.status = status.value();
    const shown = box.concerns.filter(
      (concern) =>
        (filter.route === '' || aboutOf(concern, box) === filter.route) &&
        (filter.status === '' ||
          (filter.status === 'open' ? concern.status !== 'closed' : concern.status === filter.status)),
    );
    found.replaceChildren(...groups(inbox, shown));
  };
  for (const field of [route, status]) field.element.addEventListener('change', fill);
  fill();
  inbox.show(
    'Inbox',
    h('p', { class: 'text' }, summaryOf(box)),
    h('div', { class: 'filters' }, route.element, status.element),
    found,
    form({
      fields: [],
      submitLabel: 'Look for new ones',
      submit: () => inbox.done({ page: 'list' }, 'This is up to date.'),
    }),
    ...newReaders(box),
  );
}

/** What it is about; what a browser has put there and nobody knows is something else. */
function aboutOf(concern: OpenConcern, { words: { abouts } }: Box): string {
  const about = startOf(concern)?.about;
  return abouts.some(({ value }) => value === about) ? about! : 'other';
}

function groups(inbox: Inbox, concerns: readonly OpenConcern[]): Node[] {
  if (concerns.length === 0) return [h('p', { class: 'text' }, 'There is nothing here.')];
  const { box } = inbox;
  return box.words.abouts.flatMap(({ value, label }) => {
    const own = concerns.filter((concern) => aboutOf(concern, box) === value).sort(byUrgency);
    if (own.length === 0) return [];
    return [
      h('h2', {}, label),
      h(
        'ul',
        { class: 'concerns' },
        own.map((concern) => item(inbox, concern)),
      ),
    ];
  });
}

function item(inbox: Inbox, concern: OpenConcern): HTMLElement {
  const { words } = inbox.box;
  const id = newId();
  const open = button(
    wordFor(words.kinds, startOf(concern)?.kind ?? '', 'Something else'),
    () => inbox.go({ page: 'concern', id: concern.id }),
    'open',
  );
  open.setAttribute('aria-describedby', id);
  return h(
    'li',
    {},
    h('h3', {}, open),
    h(
      'p',
      { id },
      h('strong', {}, wordFor(words.statuses, concern.status, concern.status)),
      ` · Sent in ${weekInWords(concern.week)}.`,
      senderWaits(concern) && concern.status !== 'received' ? ' The sender wrote last.' : '',
      isMuted(concern) ? ' Muted.' : '',
    ),
    h('p', { class: concern.deadlines.overdue ? 'warning' : 'quiet' }, deadlineInWords(inbox.box, concern)),
  );
}

/** What is promised next, and whose it is to keep. */
export function deadlineInWords(box: Box, concern: OpenConcern): string {
  const { status, deadlines } = concern;
  const { acknowledgeBy, feedbackBy, overdue, escalated } = deadlines;
  if (status === 'closed' || status === 'passed_on')
    return `Kept until the end of ${weekInWords(concern.purgeWeek)}.`;
  const [first] = nowReading(box, concern);
  const whose = escalated || !first ? 'It is everybody’s to act now.' : `First to act: ${first.name}.`;
  const due =
    status === 'received'
      ? `to be taken on by ${dayInWords(acknowledgeBy)}`
      : `to hear what came of it by ${dayInWords(feedbackBy)}`;
  const who = status === 'received' ? 'It was' : 'The sender was';
  const is = status === 'received' ? 'It is' : 'The sender is';
  return overdue ? `⚠ Late. ${who} ${due}. ${whose}` : `${is} ${due}. ${whose}`;
}

function byUrgency(one: OpenConcern, other: OpenConcern): number {
  const rank = (concern: OpenConcern): number =>
    isMuted(concern) ? 3 : concern.deadlines.overdue ? 0 : senderWaits(concern) ? 1 : 2;
  return rank(one) - rank(other) || other.week.localeCompare(one.week);
}

function summaryOf({ concerns }: Box): string {
  const open = concerns.filter(({ status }) => status !== 'closed');
  const late = open.filter(({ deadlines }) => deadlines.overdue).length;
  const waiting = open.filter((concern) => senderWaits(concern) && !isMuted(concern)).length;
  return `Open: ${open.length}. Late: ${late}. The sender wrote last: ${waiting}.`;
}

/** Days for which everybody is told of a new reader at the top of their inbox. */
const NEWS = 28;

/** Whoever could enrol a reader in secret could read: so each is shown to all. */
function newReaders({ readers, log, today }: Box): Node[] {
  const since = new Date(Date.parse(today) - NEWS * 86_400_000).toISOString().slice(0, 10);
  const news = log
    .filter(({ action, day }) => action === 'enrolled' && day >= since)
    .flatMap(({ reader: id, day }) => {
      const reader = readers.find((each) => each.id === id && each.state === 'active');
      return reader ? [`${reader.name}, ${reader.title} (${dayInWords(day)})`] : [];
    });
  return news.length === 0
    ? []
    : [
        h('p', {}, `New readers in the last four weeks: ${news.length}`),
        h(
          'ul',
          {},
          news.map((line) => h('li', {}, line)),
        ),
      ];
}
