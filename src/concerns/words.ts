import { type Status, statuses } from './store/tables.ts';

/** What a sender is told of where their concern is. */
export const statusWords: Readonly<Record<Status, string>> = {
  received: 'Received. Nobody has answered yet.',
  acknowledged: 'Read, and taken on',
  looking: 'Being looked at',
  question: 'There is a question for you',
  passed_on: 'Passed on',
  closed: 'Closed',
};

/** The same for a page: each status with its words, in the order in which they come. */
export const statusChoices = statuses.map((value) => ({ value, label: statusWords[value] }));
