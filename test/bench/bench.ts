/**
 * `npm run bench`: every figure, or with names after `--` only those: `npm run bench -- hostile start`. Peers are
 * measured in the same run over the same material.
 */
import { growingAnswers, shippedAnswers } from './answers.ts';
import { hostileInputs } from './hostile.ts';
import { queuedReminders } from './reminders.ts';
import { slackEvents } from './slack.ts';
import { starts } from './start.ts';
import { teamsMessages } from './teams.ts';
import { chattingInBrowsers } from './web.ts';

const figures: Readonly<Record<string, () => Promise<void>>> = {
  answers: shippedAnswers,
  growth: growingAnswers,
  hostile: hostileInputs,
  start: starts,
  slack: slackEvents,
  teams: teamsMessages,
  web: chattingInBrowsers,
  reminders: queuedReminders,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(figures, name));
if (unknown !== undefined) {
  process.stderr.write(`There is no figure "${unknown}". Use any of: ${Object.keys(figures).join(', ')}.\n`);
  process.exitCode = 2;
} else
  for (const [name, measure] of Object.entries(figures))
    if (wanted.length === 0 || wanted.includes(name)) await measure();
