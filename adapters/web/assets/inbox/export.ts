import { harmless } from '../../../../src/chat/harmless.ts';
import { namesOf } from '../../../../src/concerns/sealing/mod.ts';
import { h } from '../browser/dom.ts';
import { sourceOf, textOf, wordFor } from '../browser/thread.ts';
import { dayInWords, weekInWords } from '../browser/weeks.ts';
import { type Box, nowReading, type OpenConcern, startOf } from './box.ts';

/** A concern as plain text, for the school's own file. */
function textOfConcern(box: Box, concern: OpenConcern): string {
  const { words } = box;
  const start = startOf(concern);
  const fields = [
    ['Kind', wordFor(words.kinds, start?.kind ?? '', 'Something else')],
    ['About', wordFor(words.abouts, start?.about ?? '', 'Something else')],
    ['Where it is', wordFor(words.statuses, concern.status, concern.status)],
    ['Sent', `in ${weekInWords(concern.week)}`],
    ['Read by', namesOf(nowReading(box, concern))],
    ['This copy', `made on ${dayInWords(box.today)} by ${namesOf([box.session.me])}`],
  ];
  const messages = concern.messages.map(
    (message) => `${sourceOf(message, 'The sender')}\n\n${textOf(message, words.statuses)}`,
  );
  const head = fields.map(([label, value]) => `${label}: ${value}`).join('\n');
  // What people wrote may turn the direction of reading, in a file as on a page.
  return `${['An anonymous concern', head, ...messages].map(harmless).join('\n\n----\n\n')}\n`;
}

/** Gives the copy to the browser as a file. Its name says nothing. */
export function download(box: Box, concern: OpenConcern): void {
  const url = URL.createObjectURL(
    new Blob([textOfConcern(box, concern)], { type: 'text/plain;charset=utf-8' }),
  );
  h('a', { href: url, download: 'concern.txt' }).click();
  // The browser needs it for a moment longer.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
