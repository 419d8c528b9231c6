import { describe, expect, test } from 'vitest';
import { type CampaignDecision, decideCampaign, listCampaignStates } from '../../src/store/campaigns.ts';
import { engines } from './engines.ts';

const made = (decision: CampaignDecision['decision'], time: string): CampaignDecision => ({
  policy: 'social',
  version: '2',
  decision,
  by: { id: 'U1', name: 'Hana' },
  at: new Date(`2026-11-23T${time}Z`),
});

describe.each(engines)('campaigns on $name', (engine) => {
  const open = async () => (await engine.home()).open();

  test('are neither approved nor paused before anybody decides', async () => {
    expect(await listCampaignStates(await open())).toEqual([]);
  });

  test('are paused until they are resumed, approved or not', async () => {
    const store = await open();
    const [paused, approved, resumed] = [
      made('paused', '09:00'),
      made('approved', '10:00'),
      made('resumed', '11:00'),
    ];
    expect(await decideCampaign(store, made('resumed', '08:00'))).toBe(false);
    expect(await decideCampaign(store, paused)).toBe(true);
    expect(await decideCampaign(store, made('paused', '09:01'))).toBe(false);
    expect(await decideCampaign(store, approved)).toBe(true);
    expect(await decideCampaign(store, made('approved', '10:01'))).toBe(false);
    expect(await decideCampaign(store, made('paused', '10:02'))).toBe(false);
    const of = { policy: 'social', version: '2' };
    expect(await listCampaignStates(store)).toEqual([{ ...of, approved, paused }]);
    expect(await decideCampaign(store, resumed)).toBe(true);
    expect(await listCampaignStates(store)).toEqual([{ ...of, approved }]);
    const again = made('paused', '12:00');
    expect(await decideCampaign(store, again)).toBe(true);
    expect(await decideCampaign(store, { ...again, version: '3' })).toBe(true);
    expect(await listCampaignStates(store)).toEqual([
      { ...of, approved, paused: again },
      { ...of, version: '3', paused: { ...again, version: '3' } },
    ]);
  });

  test('are decided once where two press at once', async () => {
    const store = await open();
    const presses = await Promise.all(
      [1, 2, 3].map((n) => decideCampaign(store, made('paused', `09:0${n}`))),
    );
    expect(presses.filter(Boolean)).toHaveLength(1);
  });
});
