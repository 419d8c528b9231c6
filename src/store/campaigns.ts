import type { Store } from './open.ts';

/** What somebody decided about asking for acknowledgements of one version. */
export interface CampaignDecision {
  readonly policy: string;
  readonly version: string;
  readonly decision: 'approved' | 'paused' | 'resumed';
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
}

/**
 * Keeps a decision. False where it changes nothing: the same was decided last, or what is resumed was not
 * paused. An approval says nothing of a pause, nor the other way round.
 */
export function decideCampaign(store: Store, made: CampaignDecision): Promise<boolean> {
  const { policy, version, decision, by, at } = made;
  return store.exclusive(async (db) => {
    const before = await db
      .selectFrom('campaign_decisions')
      .select(['position', 'decision'])
      .where('policy', '=', policy)
      .where('version', '=', version)
      .orderBy('position')
      .execute();
    const isPaused = before.findLast((each) => each.decision !== 'approved')?.decision === 'paused';
    const isApproved = before.some((each) => each.decision === 'approved');
    if (decision === 'approved' ? isApproved : isPaused === (decision === 'paused')) return false;
    const position = (before.at(-1)?.position ?? 0) + 1;
    await db
      .insertInto('campaign_decisions')
      .values({ policy, version, position, decision, person: by.id, name: by.name, at: at.toISOString() })
      .execute();
    return true;
  });
}

/** Where a campaign stands after all that was decided; one that is not listed is neither approved nor paused. */
export interface CampaignState {
  readonly policy: string;
  readonly version: string;
  readonly approved?: CampaignDecision;
  /** There while it is paused. */
  readonly paused?: CampaignDecision;
}

export async function listCampaignStates(store: Store): Promise<readonly CampaignState[]> {
  const rows = await store.run((db) =>
    db
      .selectFrom('campaign_decisions')
      .selectAll()
      .orderBy('policy')
      .orderBy('version')
      .orderBy('position')
      .execute(),
  );
  const states = new Map<string, CampaignState>();
  for (const { policy, version, decision, person, name, at } of rows) {
    const key = JSON.stringify([policy, version]);
    const made = { policy, version, decision, by: { id: person, name }, at: new Date(at) };
    const { approved, paused } = states.get(key) ?? {};
    const next = {
      approved: decision === 'approved' ? made : approved,
      paused: decision === 'paused' ? made : decision === 'resumed' ? undefined : paused,
    };
    states.set(key, {
      policy,
      version,
      ...(next.approved && { approved: next.approved }),
      ...(next.paused && { paused: next.paused }),
    });
  }
  return [...states.values()];
}
