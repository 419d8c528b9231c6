import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The content that ships with the bot; its language files serve a school that brings none of its own. */
export const shippedContent = join(fileURLToPath(new URL('../../', import.meta.url)), 'content');
