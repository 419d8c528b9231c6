import * as z from 'zod';
import type { PageAnswer } from '../../chat/concern-pages.ts';
import type { Enrolments } from '../enrolments.ts';
import { aboutChoices, kindChoices } from '../kinds.ts';
import type { LoggedIn, Refusal } from '../logins.ts';
import type { Denied, Done, Readers } from '../readers.ts';
import {
  GRANT_BYTES,
  GRANTS,
  KEY_BYTES,
  MESSAGE_BYTES,
  READER_ID_BYTES,
  SEALED_KEY_BYTES,
} from '../sealing/sizes.ts';
import { statuses } from '../store/tables.ts';
import { statusChoices, statusWords } from '../words.ts';
import { busy, bytes, type Call, call, failed, nothing, ok, toJson } from './call.ts';

/**
 * The inbox's calls, body to answer. All but the first group take the session that the login gave; 401 where
 * there is none any more, 403 where a concern is not this reader's to open, or a passphrase or code is wrong.
 *
 * Before the login:
 * - `list` `{}` → `{readers: [{id, title, name}]}`: who can log in.
 * - `challenge` `{reader}` → `{ticket, challenge}`, then `login` `{ticket, signature}` →
 *   `{session, sessionKey, sealedKey}`: `keysOfPassphrase`, `signChallenge`, `openWithPassphrase`.
 * - `recovery` `{reader}` → `{ticket, sealedQuestion, sealedKey}`: `openWithRecovery`, `openChallenge`; then
 *   `recover` `{ticket, answer}` → the same as `login`. A new passphrase is to be set at once (`keys`).
 * - `enrolling` `{token}` → `{role, title, name}`, or 403 where the link was used or is older than a week; then
 *   `enrol` `{token, id, publicKey, sealedByPassphrase, sealedByRecovery, verifier}` → `{}`: `enrol` makes them,
 *   and the recovery key to print.
 *
 * With a session:
 * - `readers` `{}` → `{readers: [{id, role, title, name, person, publicKey, state, present}], log: [{reader,
 *   action, day}], week, today, words: {abouts, kinds, statuses: [{value, label}]}}`: every enrolment shows to all. `state` is `active` or `left`.
 * - `concerns` `{}` → `{concerns: [{id, grants: [8]}]}`: for each, `openGrants` with the reader's keys; where it
 *   opens, `proveAccess` makes the `proof` that the calls below want.
 * - `read` `{concern, proof}` → `{status, statusWords, week, purgeWeek, deadlines: {acknowledgeBy, feedbackBy,
 *   overdue?, escalated}, messages: [sealed], log: [{reader, action, day}]}`. `readersOf(messages)` are in the
 *   order in which they are to act: what is overdue is the first one's, and everybody's once it is `escalated`.
 * - `change` `{concern, proof, message?, status?, renew?, grants?}` → `{}`: all in one go. An answer is a message
 *   of type `message`. A status goes with a message of type `status`, with the reason where it is closed.
 *   Muting is a message of type `mute`. To pass it on or take somebody off it: `regrant`, with a message of
 *   type `readers`. The next `order` is `nextOrder(messages)`.
 * - `exported` `{concern, proof}` → `{}`: to be called when the page has made a copy for the school's own file.
 * - `keys` `{sealedByPassphrase, sealedByRecovery, verifier}` → `{}`: `reseal` makes them.
 * - `leave` `{}` → `{}`: ends this reader's time, after handing over. `logout` `{}` → `{}`.
 */
export function readerCalls(
  readers: Readers,
  enrolments: Enrolments,
  now: () => { readonly week: string; readonly today: string },
): Readonly<Record<string, Call<string>>> {
  return {
    list: call(nothing, async () => ok({ readers: await readers.list() })),
    challenge: call(z.object({ reader }), async ({ reader: id }) => {
      const { ticket, challenge } = await readers.challenge(id);
      return ok({ ticket, challenge: toJson(challenge) });
    }),
    login: call(z.object({ ticket, signature: bytes() }), async (given) =>
      entered(await readers.login(given.ticket, given.signature)),
    ),
    recovery: call(z.object({ reader }), async ({ reader: id }) => {
      const question = await readers.recovery(id);
      if (question.kind !== 'question') return refusal(question);
      const { sealedQuestion, sealedKey } = question;
      return ok({
        ticket: question.ticket,
        sealedQuestion: toJson(sealedQuestion),
        sealedKey: toJson(sealedKey),
      });
    }),
    recover: call(z.object({ ticket, answer: bytes() }), async (given) =>
      entered(await readers.recover(given.ticket, given.answer)),
    ),
    enrolling: call(z.object({ token: ticket }), async ({ token }) => {
      const found = await enrolments.enrolling(token);
      return found ? ok(found) : usedLink;
    }),
    enrol: call(enrolment, async ({ token, ...sealed }) =>
      (await enrolments.enrol(token, sealed)) ? ok({}) : usedLink,
    ),

    readers: call(nothing, async (_, session) => {
      const found = await readers.readers(session);
      if (found.kind !== 'readers') return denial(found);
      return ok({
        readers: found.readers.map(({ publicKey, ...rest }) => ({ ...rest, publicKey: toJson(publicKey) })),
        log: found.log,
        words: { abouts: aboutChoices, kinds: kindChoices, statuses: statusChoices },
        ...now(),
      });
    }),
    concerns: call(nothing, async (_, session) => {
      const found = await readers.concerns(session);
      if (found.kind !== 'concerns') return denial(found);
      return ok({
        concerns: found.concerns.map(({ id, grants }) => ({ id: toJson(id), grants: grants.map(toJson) })),
      });
    }),
    read: call(z.object(access), async (given, session) => {
      const found = await readers.read(session, given);
      if (found.kind !== 'concern') return denial(found);
      const { status, week, purgeWeek, deadlines, messages, log } = found;
      return ok({
        status,
        statusWords: statusWords[status],
        week,
        purgeWeek,
        deadlines,
        messages: messages.map(toJson),
        log,
      });
    }),
    change: call(change, async ({ concern, proof, ...changes }, session) =>
      outcome(await readers.change(session, { concern, proof }, changes)),
    ),
    exported: call(z.object(access), async (given, session) =>
      outcome(await readers.exported(session, given)),
    ),
    keys: call(z.object(keys), async (given, session) => outcome(await readers.changeKeys(session, given))),
    leave: call(nothing, async (_, session) => outcome(await readers.leave(session))),
    logout: call(nothing, async (_, session) => {
      readers.logout(session);
      return ok({});
    }),
  };
}

const reader = bytes(READER_ID_BYTES);
const ticket = z.string().max(60);
const access = { concern: bytes(16), proof: bytes(32) } as const;

const keys = {
  sealedByPassphrase: bytes(SEALED_KEY_BYTES),
  sealedByRecovery: bytes(SEALED_KEY_BYTES),
  verifier: bytes(KEY_BYTES),
} as const;

const enrolment = z.object({ token: ticket, id: reader, publicKey: bytes(KEY_BYTES), ...keys });

const change = z.object({
  ...access,
  message: bytes(MESSAGE_BYTES).exactOptional(),
  status: z.enum(statuses).exclude(['received']).exactOptional(),
  renew: z.literal(true).exactOptional(),
  grants: z.array(bytes(GRANT_BYTES)).length(GRANTS).exactOptional(),
});

const usedLink = failed(403, 'This link has been used, or is older than a week. Please ask for another.');

function entered(login: LoggedIn | Refusal): PageAnswer {
  if (login.kind !== 'session') return refusal(login);
  const { session, sessionKey, sealedKey } = login;
  return ok({ session, sessionKey: toJson(sessionKey), sealedKey: toJson(sealedKey) });
}

const refusal = ({ kind }: Refusal): PageAnswer =>
  kind === 'busy'
    ? busy
    : failed(403, 'This is not right. Please look at it again. After each try the next takes longer.');

const denial = ({ kind }: Denied): PageAnswer =>
  kind === 'signed_out'
    ? failed(401, 'You have been signed out. Please log in again.')
    : failed(403, 'This concern is not here for you. It may have been handed over or deleted.');

const outcome = (result: Done | Denied): PageAnswer => (result.kind === 'done' ? ok({}) : denial(result));
