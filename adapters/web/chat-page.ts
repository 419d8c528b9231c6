import { html } from 'hono/html';
import { harmless, harmlessLine } from '../../src/chat/harmless.ts';
import type { Card, Form, PlatformPerson } from '../../src/chat/mod.ts';
import { pathOf, type Site } from './page.ts';
import { type Filled, type Html, hidden, type Links, renderCard, renderForm } from './render.ts';
import type { Item } from './transcript.ts';

/** A chat, from its oldest message on, with what stands at its end. */
export function renderChat(
  site: Site,
  me: PlatformPerson,
  {
    items,
    revision,
    page,
    open = renderOpenForm(site, me),
  }: {
    readonly items: readonly Item[];
    readonly revision: number;
    /** The page's own name, by which it hears what comes. */
    readonly page: string;
    readonly open?: Html;
  },
): Html {
  const own = site.base + pathOf(me);
  const events = new URLSearchParams({ page, since: String(revision), start: site.token });
  return html`<h1 class="hidden">Chat with the bot</h1>
    <div class="scroll" tabindex="0" role="region" aria-label="Messages" hx-vals:inherited="${vals({ page })}">
      <div
        id="messages"
        role="log"
        hx-sse:connect="${own}/events?${events.toString()}"
        hx-swap="upsert"
      >
        ${items.map((item) => renderItem(site, me, item))} ${open}
      </div>
    </div>
    <div hx-vals:inherited="${vals({ page })}">${renderComposer(site, me)}</div>`;
}

/** Values that the page's script adds to each form. */
const vals = (values: Readonly<Record<string, string>>): string => JSON.stringify(values);

/** The line to type in, empty. */
export function renderComposer(site: Site, me: PlatformPerson): Html {
  const address = `${site.base}${pathOf(me)}/say`;
  return html`<form
    id="z-composer"
    class="composer"
    method="post"
    autocomplete="off"
    action="${address}"
    hx-post="${address}"
    hx-target="#messages"
    hx-swap="upsert"
  >
    ${hidden('token', site.token)}
    <label for="text">Your question</label>
    <input id="text" name="text" maxlength="4000" required autofocus />
    <button class="primary">Send</button>
  </form>`;
}

function linksOf(site: Site, me: PlatformPerson, message?: number): Links {
  return {
    press: `${site.base}${pathOf(me)}/press`,
    token: site.token,
    target: '#messages',
    seal: (form) => site.forms.seal(form),
    ...(message !== undefined && { message }),
  };
}

export function renderItem(
  site: Site,
  me: PlatformPerson,
  { number, from, content }: Item,
  target = '#messages',
): Html {
  const id = `m${number}`;
  if (content.kind === 'text')
    return html`<article id="${id}" class="own">
      <h2 class="hidden">You</h2>
      <p class="text">${harmless(content.text)}</p>
    </article>`;
  return html`<article id="${id}" class="${from === 'bot' ? 'bot' : 'own'}">
    <h2 class="hidden">The bot</h2>
    ${renderCard(content.card, { ...linksOf(site, me, number), target })}
  </article>`;
}

/** A form that is open below the messages; the same place without a form closes it. */
export function renderOpenForm(
  site: Site,
  me: PlatformPerson,
  open?: { readonly form: Form; readonly message: number | undefined; readonly filled?: Filled },
  target = '#messages',
): Html {
  if (!open) return html`<article id="z-form" hidden></article>`;
  const { form, message, filled } = open;
  const own = site.base + pathOf(me);
  // The address of an anonymous form does not say whose chat it was opened in.
  const action = form.anonymous ? `${site.base}/anonymous` : `${own}/form`;
  return html`<article id="z-form" class="bot" tabindex="-1" aria-label="${harmlessLine(form.title)}">
    ${renderForm(form, { ...linksOf(site, me, message), target, cancel: own, action }, filled)}
  </article>`;
}

/** Somebody's home view; what its buttons lead to comes up below. */
export function renderHome(site: Site, me: PlatformPerson, card: Card | undefined, open?: Html): Html {
  return html`<h1>Home</h1>
    <div hx-vals:inherited="${vals({ from: 'home' })}">
      ${renderHomeCard(site, me, card)}
      <div id="opened" role="log">${open ?? renderOpenForm(site, me)}</div>
    </div>`;
}

export function renderHomeCard(site: Site, me: PlatformPerson, card: Card | undefined): Html {
  const links = { ...linksOf(site, me), target: '#opened' };
  return html`<article id="home" class="bot">
    <h2 class="hidden">What there is for you</h2>
    ${card ? renderCard(card, links) : ''}
  </article>`;
}
