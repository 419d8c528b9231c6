import { checkWritten, type Written } from '../store/written.ts';

/** Characters, as JavaScript and Slack's message blocks count them. */
export const TEXT_LIMIT = 3000;

/** What a person wrote, as it will be kept and shown. */
export const checkText = (written: string): Written => checkWritten(written, TEXT_LIMIT);
