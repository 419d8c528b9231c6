import { randomBytes } from 'node:crypto';
import type { Request as Asked, Response as Sent } from 'express';
import { html } from 'hono/html';
import { action, type Bot, type Origin, type PlatformPerson, type Response } from '../../src/chat/mod.ts';
import { BodyError } from './body.ts';
import {
  renderChat,
  renderComposer,
  renderHome,
  renderHomeCard,
  renderItem,
  renderOpenForm,
} from './chat-page.ts';
import { valuesOf } from './form-values.ts';
import { type Frame, isPartial, respond } from './frame.ts';
import { pathOf } from './page.ts';
import type { Html } from './render.ts';
import { Streams } from './streams.ts';
import type { Transcript } from './transcript.ts';

/** What the chats stand on. */
export interface Chats {
  readonly bot: Bot;
  readonly platform: string;
  transcript(person: string): Transcript;
}

/** A request of one page, while it is being answered. */
interface Turn {
  readonly me: PlatformPerson;
  readonly request: Asked;
  readonly response: Sent;
  readonly form: URLSearchParams;
  readonly transcript: Transcript;
  /** What the chat was at before. */
  readonly since: number;
  /** The message whose button was pressed, where it was one. */
  readonly message: number | undefined;
}

/** The pages of the chats: what people type, press and fill in, handed to the bot. Returns how to end what is open. */
export function addChats(frame: Frame, { bot, platform, transcript: transcriptOf }: Chats): Streams {
  const { site, routes } = frame;
  const streams = new Streams();

  const originOf = ({ id }: PlatformPerson): Origin => ({
    platform,
    person: id,
    conversation: id,
    place: 'direct',
    delivery: randomBytes(12).toString('hex'),
  });

  async function homeOf(me: PlatformPerson) {
    const came = await bot.handle({ kind: 'home', origin: originOf(me) });
    return 'card' in came ? came.card : undefined;
  }

  /** A form of somebody's own pages. Meanwhile the page that sent it gets its news by the answer alone. */
  const turn = (take: (turn: Turn) => Promise<void>) =>
    frame.posted(async (form, request, response) => {
      const work = frame.as(async (me) => {
        const stream = streams.get(form.get('page') ?? '');
        const transcript = transcriptOf(me.id);
        const since = transcript.revision;
        const message = Number(form.get('message')) || undefined;
        stream?.hold();
        try {
          await take({ me, request, response, form, transcript, since, message });
        } finally {
          stream?.release(transcript.revision);
        }
      });
      await work(request, response);
    });

  /** What the bot has said to a request: the changed part of the page, or without scripts the whole of it. */
  async function show(asked: Turn, came: Response): Promise<void> {
    const { message, transcript } = asked;
    if (came.kind === 'card' || came.kind === 'page')
      transcript.add('bot', { kind: 'card', card: came.card });
    if (came.kind === 'replace' && (message === undefined || !transcript.change(message, came.card)))
      transcript.add('bot', { kind: 'card', card: came.card });
    if (came.kind === 'form') await reply(asked, { form: came.form, message });
    else await reply(asked);
  }

  async function reply(
    { me, request, response, form, transcript, since }: Turn,
    open?: Parameters<typeof renderOpenForm>[2],
  ): Promise<void> {
    const news = transcript.since(since);
    if (!isPartial(request)) {
      if (open) whole(me, response, renderOpenForm(site, me, open));
      // Loading that page again then sends nothing twice.
      else response.redirect(303, `${site.base}${pathOf(me)}${news[0] ? `#m${news[0].number}` : ''}`);
      return;
    }
    const fromHome = form.get('from') === 'home';
    const target = fromHome ? '#opened' : '#messages';
    const parts = [
      ...news.map((item) => renderItem(site, me, item, target)),
      renderOpenForm(site, me, open, target),
      ...(fromHome ? [renderHomeCard(site, me, await homeOf(me))] : []),
      ...(form.has('text') ? [renderComposer(site, me)] : []),
    ];
    respond(response, html`${parts}`);
  }

  function whole(me: PlatformPerson, response: Sent, open?: Html): void {
    const { items, revision } = transcriptOf(me.id);
    const page = randomBytes(9).toString('base64url');
    const chat = renderChat(site, me, { items, revision, page, ...(open && { open }) });
    frame.page(response, { title: 'Chat', me, path: pathOf(me), shape: 'chat', body: chat });
  }

  routes.get(
    '/as/:person',
    frame.as(async (me, _request, response) => {
      const transcript = transcriptOf(me.id);
      if (transcript.revision === 0) {
        const came = await bot.handle({ kind: 'welcome', origin: originOf(me) });
        if (came.kind === 'card') transcript.add('bot', { kind: 'card', card: came.card });
      }
      whole(me, response);
    }),
  );

  routes.get(
    '/as/:person/home',
    frame.as(async (me, _request, response) => {
      const body = renderHome(site, me, await homeOf(me));
      frame.page(response, { title: 'Home', me, path: `${pathOf(me)}/home`, body });
    }),
  );

  routes.get(
    '/as/:person/events',
    frame.as((me, request, response) => {
      const { page, since, start } = request.query;
      const transcript = transcriptOf(me.id);
      // A page that was open through a restart knows of a chat that is gone.
      if (start !== site.token) {
        respond(response, html`<article id="z-restarted" class="bot">${restarted}</article>`, 200);
        return;
      }
      const seen = Number(request.get('last-event-id') ?? since) || 0;
      const render = (item: Parameters<typeof renderItem>[2]): Html => renderItem(site, me, item);
      streams.open(String(page), { transcript, seen, response, render });
    }),
  );

  routes.post(
    '/as/:person/say',
    turn(async (asked) => {
      const { me, form, transcript } = asked;
      const text = form.get('text') ?? '';
      const came = await bot.handle({ kind: 'question', origin: originOf(me), text });
      // What is answered to the asker alone may be a worry, and is kept nowhere.
      const kept = came.kind === 'card' && came.audience === 'place';
      transcript.add('person', { kind: 'text', text: kept ? text : notKept });
      await show(asked, came);
    }),
  );

  routes.post(
    '/as/:person/press',
    turn(async (asked) => {
      const { me, form, transcript } = asked;
      const [pressed, value] = readPress(form.get('press'));
      const came = await bot.handle({ kind: 'press', origin: originOf(me), action: pressed, value });
      if (pressed === action.ask) transcript.add('person', { kind: 'text', text: value });
      await show(asked, came);
    }),
  );

  routes.post(
    '/as/:person/form',
    turn(async (asked) => {
      const { me, form: values, message } = asked;
      const form = site.forms.open(values.get('open-form'));
      const { id, state } = form;
      const came = await bot.handle({
        kind: 'form',
        origin: originOf(me),
        form: id,
        values: valuesOf(form, values),
        ...(state !== undefined && { state }),
      });
      if (came.kind === 'invalid')
        await reply(asked, { form, message, filled: { values, errors: came.errors } });
      else await show(asked, came);
    }),
  );

  return streams;
}

const notKept = '(What you typed is not kept.)';

const restarted = html`<p class="text warning">
  ⚠ The preview was started anew, and this chat is gone. Please load the page again.
</p>`;

/** The button that was pressed. @throws BodyError for anything else */
function readPress(text: string | null): readonly [action: string, value: string] {
  try {
    const [pressed, value]: unknown[] = JSON.parse(text ?? '');
    if (typeof pressed === 'string' && typeof value === 'string') return [pressed, value];
  } catch {}
  throw new BodyError(400, 'This button is not one of the preview’s.');
}
