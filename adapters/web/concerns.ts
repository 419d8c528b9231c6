import type { ConcernPages, Routes } from '../../src/chat/mod.ts';
import { createDoor } from './door/door.ts';
import { createInbox, type ExampleReader } from './inbox/inbox.ts';
import type { NamedSchool } from './sealed/html.ts';

export type { ExampleReader } from './inbox/inbox.ts';

export interface ConcernSite {
  /** What they lie below: `` or `/preview`. */
  readonly base: string;
  readonly pages: ConcernPages;
  readonly school: NamedSchool;
  /** For this machine alone, as the preview is. */
  readonly local: boolean;
  /** Where people reach this server from outside, where that is known. */
  readonly publicUrl?: string | undefined;
  /** Made-up readers, for the preview alone. */
  readonly examples?: readonly ExampleReader[];
}

/** Serves door B at `/concern` and the readers' inbox at `/inbox`. */
export function addConcernPages(routes: Routes, { base, pages, school, ...site }: ConcernSite): void {
  const { local, publicUrl, examples } = site;
  const place = { local, publicUrl };
  routes.add(`${base}/concern`, createDoor(pages, school, { ...place, path: `${base}/concern` }));
  routes.add(
    `${base}/inbox`,
    createInbox(pages, school, { ...place, path: `${base}/inbox`, ...(examples && { examples }) }),
  );
}
