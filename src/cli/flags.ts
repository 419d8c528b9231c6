import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './shell.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Reads a command's flags and the words beside them. @throws UsageError for a flag it does not know. */
export function readFlags<const Known extends Options>(
  given: readonly string[],
  options: Known,
  usage: string,
) {
  try {
    return parseArgs({ args: [...given], options, allowPositionals: true, strict: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node's message goes on to explain a rare case; its first sentence says what is wrong.
    throw new UsageError(`${error.message.split('. ')[0]}.`, usage);
  }
}
