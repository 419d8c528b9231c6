import type { Activity } from './activity.ts';
import { dialogSaying } from './dialog.ts';
import { lineOnCard } from './turn.ts';

const text = 'This takes longer than usual. If nothing comes, please try again in a few minutes.';

/** What an invoke is answered with where the bot can't say more yet. */
export const slowAnswer = ({ name }: Activity): unknown =>
  name === 'adaptiveCard/action' ? lineOnCard(text) : dialogSaying(text);
