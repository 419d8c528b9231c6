import { type Child, h } from './dom.ts';

const main = document.querySelector('main') ?? document.body.appendChild(h('main'));
const site = document.title;
let shown = false;

/** Shows one screen in the place of the last. Its heading is read out and takes the keyboard, as a new page would. */
export function show(title: string, ...children: readonly Child[]): void {
  const heading = h('h1', { tabindex: '-1' }, title);
  main.replaceChildren(heading, ...h('div', {}, children).childNodes);
  document.title = `${title} · ${site}`;
  say('');
  scrollTo(0, 0);
  // The first screen is the page itself, which a screen reader reads out by itself.
  if (shown) heading.focus();
  shown = true;
}

/** Said by a screen reader, and seen by everybody, without moving the keyboard. */
export function say(words: string): void {
  const status = document.querySelector('[role=status]');
  if (status) status.textContent = words;
}

/** Asks the browser to warn before the page is left, from now on or no more. */
export function guardLeaving(guarded: boolean): void {
  if (guarded) addEventListener('beforeunload', warn);
  else removeEventListener('beforeunload', warn);
}

const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
