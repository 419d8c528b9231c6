import { CallError } from '../browser/call.ts';
import { button, h } from '../browser/dom.ts';
import { guardLeaving, say, show } from '../browser/screen.ts';
import { load } from './box.ts';
import { showConcern } from './concern.ts';
import type { Inbox, View } from './inbox.ts';
import { showLeaving } from './leave.ts';
import { showList } from './list.ts';
import { showPassphrase } from './passphrase.ts';
import { showReaders } from './readers.ts';
import type { Session } from './session.ts';

/** Milliseconds after which a reader who does nothing is logged out; the server's own time is a little longer. */
const IDLE = 25 * 60_000;

/** Opens the inbox of a reader who has just logged in. `loggedOut` is called once they no longer are. */
export async function enter(given: Session, loggedOut: (notice?: string) => Promise<void>): Promise<void> {
  const leaving = new AbortController();
  const { signal } = leaving;
  const session: Session = {
    ...given,
    async call<Answer>(name: string, body: unknown): Promise<Answer> {
      try {
        return await given.call<Answer>(name, body);
      } catch (error) {
        if (error instanceof CallError && error.status === 401) await end(error.message);
        throw error;
      }
    },
  };
  let box = await load(session);
  /** What was looked at, in order: the browser's “back” leads through it. No address says what. */
  const seen: View[] = [{ page: 'list' }];

  const inbox: Inbox = {
    get box() {
      return box;
    },
    filter: { route: '', status: 'open' },
    go(view) {
      seen.push(view);
      history.pushState({ at: seen.length - 1 }, '');
      draw(view);
    },
    async done(view, words) {
      box = await load(session);
      guardLeaving(false);
      draw(view);
      say(words);
    },
    async logOut(notice) {
      // The keys go, whether or not the server hears of it.
      await Promise.allSettled([given.call('logout', {})]);
      await end(notice);
    },
    show,
  };

  const pages: Readonly<Record<Exclude<View['page'], 'concern'>, (inbox: Inbox) => void>> = {
    list: showList,
    readers: showReaders,
    passphrase: showPassphrase,
    leave: showLeaving,
  };

  function draw(view: View): void {
    if (view.page === 'concern') {
      const concern = box.concerns.find(({ id }) => id === view.id);
      if (concern) showConcern(inbox, concern);
      else showList(inbox);
    } else pages[view.page](inbox);
  }

  async function end(notice?: string): Promise<void> {
    if (signal.aborted) return;
    leaving.abort();
    navigation.remove();
    guardLeaving(false);
    await loggedOut(notice);
  }

  const navigation = h(
    'nav',
    { 'aria-label': 'Inbox' },
    button('Inbox', () => inbox.go({ page: 'list' })),
    button('Readers', () => inbox.go({ page: 'readers' })),
    button('Passphrase', () => inbox.go({ page: 'passphrase' })),
    button('Hand over', () => inbox.go({ page: 'leave' })),
    button('Log out', () => inbox.logOut()),
  );
  document.querySelector('header')?.append(navigation);
  history.replaceState({ at: 0 }, '');
  addEventListener('popstate', ({ state }) => draw(seen[state?.at ?? 0] ?? { page: 'list' }), { signal });
  endWhenIdle(signal, () => void inbox.logOut('You did nothing for a while, so you have been logged out.'));
  draw({ page: 'list' });
}

function endWhenIdle(signal: AbortSignal, onIdle: () => void): void {
  let timer = setTimeout(onIdle, IDLE);
  const again = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onIdle, IDLE);
  };
  for (const event of ['keydown', 'pointerdown']) addEventListener(event, again, { signal });
  signal.addEventListener('abort', () => clearTimeout(timer));
}
