import { type DestinationStream, type Logger, pino } from 'pino';
import { StoreError } from './store/error.ts';

/** Names under which something that a person typed might stand, should anybody ever log it. */
const neverLogged = [
  'text',
  'question',
  'value',
  'values',
  'card',
  'form',
  'state',
  'body',
  'password',
  'token',
];

/** A log of JSON lines on standard error, so that it never mixes with what is said to people. */
export function createLogger(level: string, destination: DestinationStream = standardError()): Logger {
  const paths = neverLogged.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return pino({ level, base: null, redact: { paths, censor: '[not logged]' } }, destination);
}

/** People are answered even where the log can't be written. */
function standardError(): DestinationStream {
  return pino.destination({ dest: 2, sync: true }).on('error', () => {});
}

/** What may be logged of an error: its kind and where it happened. Its message may quote somebody. */
export interface LoggedFault {
  readonly fault: string;
  readonly code?: string;
  /** Lines of the stack. */
  readonly at: readonly string[];
}

export function faultOf(error: unknown): LoggedFault {
  if (!(error instanceof Error)) return { fault: typeof error, at: [] };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  // The words of a store's fault are its own.
  return { fault: error instanceof StoreError ? error.message : error.name, ...code, at: placesOf(error) };
}

/** The stack after the message, which it begins with; nothing where the message can't be told apart. */
function placesOf({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message);
  if (start < 0) return [];
  return stack
    .slice(start + message.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, 8);
}
