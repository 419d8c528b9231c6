import { addConcernPages, type ExampleReader } from '../../../adapters/web/concerns.ts';
import { createConcernPages } from '../../../src/concerns/api/pages.ts';
import { stretchOnThreads } from '../../../src/concerns/stretch.ts';
import { weekOf } from '../../../src/concerns/weeks.ts';
import { openServer, RouteTable } from '../../../src/server.ts';
import { type House, type HouseOptions, openHouse } from '../concerns/house.ts';

export interface OpenSite {
  readonly house: House;
  readonly url: string;
  /** Faults of the bot, while it served. */
  readonly faults: readonly unknown[];
  close(): Promise<void>;
}

export interface SiteOptions extends HouseOptions {
  readonly base?: string;
  readonly local?: boolean;
  readonly publicUrl?: string;
  readonly examples?: (house: House) => Promise<readonly ExampleReader[]>;
}

/** Door B and the inbox over real HTTP, with a real store behind them. */
export async function openConcernSite(options: SiteOptions = {}): Promise<OpenSite> {
  const { base = '', local = false, publicUrl, examples } = options;
  // A real browser stretches for real.
  const house = await openHouse({ stretch: stretchOnThreads(), ...options });
  const { school, concerns, clock } = house;
  const faults: unknown[] = [];
  const routes = new RouteTable();
  const today = (): string => clock.now().toISOString().slice(0, 10);
  addConcernPages(routes, {
    base,
    local,
    publicUrl,
    school,
    pages: createConcernPages({
      concerns,
      notice: () => ({ school, people: house.people, day: today(), doorB: undefined }),
      now: () => ({ week: weekOf(today()), today: today() }),
      onFault: (error) => faults.push(error),
    }),
    ...(examples && { examples: await examples(house) }),
  });
  const server = await openServer({ host: '127.0.0.1', port: 0, ready: () => true, routes });
  return {
    house,
    url: server.url,
    faults,
    async close() {
      await server.close();
      await house.close();
    },
  };
}
