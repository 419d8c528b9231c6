import { createHash } from 'node:crypto';
import type { Day } from '../school/calendar.ts';
import type { Store } from './open.ts';
import { storable } from './text.ts';

/** What a question came near to, though it was not answered. */
export interface Nearest {
  readonly policy: string;
  /** Guidance entry or clause. */
  readonly entry?: string;
}

/** A question that people reported as not answered. */
export interface Gap {
  readonly id: string;
  /** As the first person typed it, or the first since it was taught. */
  readonly question: string;
  readonly near?: Nearest;
  /** Day of the latest report. */
  readonly day: Day;
  /** How many reports there were. */
  readonly times: number;
}

/**
 * Keeps a report. The same question again, whatever its capitals, spaces and punctuation, is counted: one
 * that the owner thought taught is open again, in its new words; one that was dismissed stays so, without words.
 */
export async function addGap(
  store: Store,
  { id, question, near, day }: { id: string; question: string; near?: Nearest | undefined; day: Day },
): Promise<void> {
  const latest = { policy: near?.policy ?? '', near: near?.entry ?? '', day };
  await store.run((db) =>
    db
      .insertInto('gaps')
      .values({ id, question_key: keyOf(question), question, ...latest, times: 1, status: 'open' })
      .onConflict((conflict) =>
        conflict.column('question_key').doUpdateSet((row) => ({
          ...latest,
          times: row('gaps.times', '+', 1),
          question: row
            .case()
            .when('gaps.status', '=', 'taught')
            .then(question)
            .else(row.ref('gaps.question'))
            .end(),
          status: row
            .case()
            .when('gaps.status', '=', 'dismissed')
            .then('dismissed' as const)
            .else('open' as const)
            .end(),
        })),
      )
      .execute(),
  );
}

/** The open ones, newest day first; within a day, those asked most often first. */
export async function openGaps(store: Store): Promise<readonly Gap[]> {
  const rows = await store.run((db) =>
    db
      .selectFrom('gaps')
      .selectAll()
      .where('status', '=', 'open')
      .orderBy('day', 'desc')
      .orderBy('times', 'desc')
      .orderBy('id')
      .execute(),
  );
  return rows.map(({ id, question, policy, near, day, times }) => ({
    id,
    question,
    ...(policy !== '' && { near: { policy, ...(near !== '' && { entry: near }) } }),
    day,
    times,
  }));
}

/** Takes a gap off the list, and forgets its words. False where no open one has this id. */
export async function closeGap(store: Store, id: string, status: 'taught' | 'dismissed'): Promise<boolean> {
  const result = await store.run((db) =>
    db
      .updateTable('gaps')
      .set({ status, question: '' })
      .where('id', '=', id)
      .where('status', '=', 'open')
      .executeTakeFirst(),
  );
  return result.numUpdatedRows > 0n;
}

/** The words of a question, hashed: PostgreSQL indexes no text of more than 2,700 bytes. */
function keyOf(question: string): string {
  const text = storable(question).normalize('NFKC').toLowerCase();
  const words = text.match(/[\p{L}\p{M}\p{N}]+/gu)?.join(' ') ?? text.trim();
  return createHash('sha256').update(words).digest('hex');
}
