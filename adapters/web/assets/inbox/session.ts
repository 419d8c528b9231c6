import {
  fromText,
  keysOfPassphrase,
  openChallenge,
  openWithPassphrase,
  openWithRecovery,
  type ReaderName,
  signChallenge,
  type ThreadKeys,
  toText,
} from '../../../../src/concerns/sealing/mod.ts';
import { CallError, call } from '../browser/call.ts';
import { stretch } from '../browser/stretch.ts';

/** A reader who has logged in. It lives in this page's memory alone, and goes with it. */
export interface Session {
  readonly me: ReaderName;
  readonly keys: ThreadKeys;
  /** The server's key for this session, to show access to a thread with. */
  readonly sessionKey: Uint8Array;
  /** Calls the server in the reader's name. @throws CallError; 401 once the session has ended */
  call<Answer = unknown>(name: string, body: unknown): Promise<Answer>;
  /** Whether this is the reader's passphrase; always where the recovery key brought them in. */
  knows(passphrase: string): Promise<boolean>;
}

interface LoggedIn {
  readonly session: string;
  readonly sessionKey: string;
  readonly sealedKey: string;
}

/** @throws CallError, 403 where the passphrase is not the reader's */
export async function logIn(me: ReaderName, passphrase: string): Promise<Session> {
  const id = bytes(me.id);
  const passphraseKeys = await keysOfPassphrase(id, passphrase, stretch);
  const { ticket, challenge } = await call<{ ticket: string; challenge: string }>('challenge', {
    reader: me.id,
  });
  const signature = toText(signChallenge(bytes(challenge), passphraseKeys));
  const entered = await call<LoggedIn>('login', { ticket, signature });
  const sealedKey = bytes(entered.sealedKey);
  const keys = openWithPassphrase(sealedKey, passphraseKeys);
  if (!keys) throw new CallError(0, 'Your key can’t be opened. Please log in with your recovery key.');
  return sessionOf(me, keys, entered, async (typed) =>
    Boolean(openWithPassphrase(sealedKey, await keysOfPassphrase(id, typed, stretch))),
  );
}

/** The same for whoever has the recovery key. @throws CallError, 403 where it is not the reader's */
export async function recover(me: ReaderName, typed: string): Promise<Session> {
  const question = await call<{ ticket: string; sealedQuestion: string; sealedKey: string }>('recovery', {
    reader: me.id,
  });
  const keys = openWithRecovery(bytes(question.sealedKey), typed);
  const answer = keys && openChallenge(bytes(question.sealedQuestion), keys);
  if (!answer)
    throw new CallError(
      403,
      'This is not your recovery key. Please look at it again, one character at a time.',
    );
  const entered = await call<LoggedIn>('recover', { ticket: question.ticket, answer: toText(answer) });
  return sessionOf(me, keys, entered, async () => true);
}

function sessionOf(
  me: ReaderName,
  keys: ThreadKeys,
  { session, sessionKey }: LoggedIn,
  knows: Session['knows'],
): Session {
  return {
    me,
    keys,
    sessionKey: bytes(sessionKey),
    knows,
    call: (name, body) => call(name, body, session),
  };
}

/** Bytes that the server has given. */
export function bytes(text: string): Uint8Array {
  const read = fromText(text);
  if (!read) throw new CallError(0, 'The server did not answer as it should. Please load this page again.');
  return read;
}
