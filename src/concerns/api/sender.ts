import * as z from 'zod';
import { abouts } from '../../content/schema/concerns.ts';
import { codeElements, repliedCard, routeElements, sentCard } from '../forms.ts';
import { aboutChoices, kindChoices, kinds } from '../kinds.ts';
import { type NoticeParts, nobodyYetElements, noticeElements, outsideOnlyElements } from '../notice.ts';
import { LOOKUP_BYTES, MESSAGE_BYTES } from '../sealing/sizes.ts';
import type { Senders } from '../senders.ts';
import { statusChoices, statusWords } from '../words.ts';
import { busy, bytes, type Call, call, failed, nothing, ok, toJson } from './call.ts';

/**
 * Door B's calls, body to answer. The page seals in the browser: what is written never comes here unsealed.
 *
 * - `form` `{}` → `{notice, abouts: [{value, label}], kinds: [{value, label}], readers: [{id, title, name}],
 *   words: {code: {before, after}, sent, replied}}`: the notice as card elements (`chat/card.ts`), what there is
 *   to choose, the readers who can be left out, and what the later screens say, as card elements too: around
 *   the code, once it was written down, and after writing again. No readers: nothing can be sent, and the
 *   notice says so.
 * - `readers` `{about, exclude: [id]}` → `{kind: 'readers', readers: [{id, title, name, publicKey}],
 *   excluded, week, intro}`, or `{kind: 'outside', notice}` where nothing can be sent, or 400 where an id in
 *   `exclude` is nobody's. `intro` names the readers
 *   as card elements, to be shown before anything is written. The page puts `readers` (without their keys), `excluded`, `week`, `about` and the kind into the
 *   first message, order 0, and seals it.
 * - `submit` `{kind, lookup, publicKey, sealedKey, grants: [8], message}` → `{}`: it is stored whole. Made by
 *   `newReceipt`, `keysOfReceipt`, `newThread`, `sealKey`, `sealGrants` and `sealMessage`; the receipt is shown
 *   after this has answered 200, and never sent. The same once more is harmless.
 * - `open` `{lookup}` → `{status, statusWords, week, purgeWeek, publicKey, sealedKey, messages, now,
 *   statuses: [{value, label}]}`, or 403 where no concern opens with it, whyever. `now` is this week, for the
 *   page's own message.
 * - `reply` `{lookup, message}` → `{}`, or 403 in the same way.
 */
export function senderCalls(
  senders: Senders,
  notice: () => NoticeParts,
  week: () => string,
): Readonly<Record<string, Call<undefined>>> {
  return {
    form: call(nothing, async () => {
      if (!(await senders.opening())) return busy;
      const readers = await senders.choices();
      return ok({
        notice: readers.length > 0 ? noticeElements(notice(), 'web') : nobodyYetElements(notice()),
        abouts: aboutChoices,
        kinds: kindChoices,
        readers,
        words: { code: codeElements, sent: sentCard.elements, replied: repliedCard.elements },
      });
    }),
    readers: call(subject, async ({ about, exclude }) => {
      const route = await senders.readersFor({ about, exclude });
      if (route.kind === 'refused') return failed(400, route.message);
      if (route.kind === 'outside') return ok({ kind: 'outside', notice: outsideOnlyElements(notice()) });
      return ok({
        kind: 'readers',
        readers: route.readers.map(({ publicKey, ...reader }) => ({
          ...reader,
          publicKey: toJson(publicKey),
        })),
        excluded: route.route.excluded,
        week: week(),
        intro: routeElements(about, route.readers, 'web'),
      });
    }),
    submit: call(sealed, async ({ kind, ...concern }) =>
      (await senders.submitSealed(concern, kind))
        ? ok({})
        : failed(400, 'It was not sent. Please load this page again.'),
    ),
    open: call(z.object({ lookup }), async ({ lookup }) => {
      const thread = await senders.openSealed(lookup);
      if (thread.kind === 'busy') return busy;
      if (thread.kind === 'none') return noThread;
      const { status, week: sentIn, purgeWeek, publicKey, sealedKey, messages } = thread;
      return ok({
        status,
        statusWords: statusWords[status],
        week: sentIn,
        purgeWeek,
        publicKey: toJson(publicKey),
        sealedKey: toJson(sealedKey),
        messages: messages.map(toJson),
        now: week(),
        statuses: statusChoices,
      });
    }),
    reply: call(z.object({ lookup, message: bytes(MESSAGE_BYTES) }), async ({ lookup, message }) => {
      const replied = await senders.replySealed(lookup, message);
      if (replied.kind === 'busy') return busy;
      return replied.kind === 'stored' ? ok({}) : noThread;
    }),
  };
}

const lookup = bytes(LOOKUP_BYTES);

const subject = z.object({
  about: z.enum(abouts),
  exclude: z.array(z.string().max(40)).max(50).default([]),
});

const sealed = z.object({
  kind: z.enum(kinds),
  lookup,
  publicKey: bytes(),
  sealedKey: bytes(),
  grants: z.array(bytes()),
  message: bytes(),
});

const noThread = failed(
  403,
  'No concern opens with this code. Please look at it again, one character at a time.',
);
