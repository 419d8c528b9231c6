import type { Outcome } from './adapter.ts';

/** What became of a message that somebody sent to `name`, in words for the sender; nothing where it was sent. */
export function outcomeInWords(outcome: Outcome, name: string): string | undefined {
  switch (outcome.kind) {
    case 'sent':
      return undefined;
    case 'wait':
      return `It has not gone to ${name}: too much is being sent at the moment. Please try again in a while.`;
    case 'blocked':
      return `It has not gone to ${name}, who can’t be reached here (${outcome.reason}). Please use another way.`;
    case 'unknown':
      return `It may not have reached ${name}. Please make sure before you rely on it.`;
  }
}
