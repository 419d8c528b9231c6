/** The one interface between the bot and any chat platform. */
export * from './actions.ts';
export type * from './adapter.ts';
export type * from './card.ts';
export type * from './concern-pages.ts';
export type * from './form.ts';
export type * from './request.ts';
