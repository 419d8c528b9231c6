import { killSubmits } from '../support/concerns/kills.ts';
import type { Soaked } from './soaked.ts';

const KILLS = 500;

/** Concerns that are being sent, killed 500 times. */
export async function killedSubmits(progress: (text: string) => void): Promise<Soaked> {
  const { faults, kills, shown, unseen } = await killSubmits({ kills: KILLS, seed: 600, progress });
  return { faults, figures: { kills, shown, unseen } };
}
