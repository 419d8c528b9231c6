import * as z from 'zod';
import { key } from './pieces.ts';

/** The shape of `concerns` in `content/school.yaml`: who reads which anonymous concern, and who never does. */

const DAY_TIME = 'is not a time of day; write it as hours:minutes, such as "08:30"';

/** Whom a concern can be about. */
export const abouts = ['child', 'adult', 'headteacher', 'dsl', 'chair', 'server', 'other'] as const;
export type About = (typeof abouts)[number];

const route = z.strictObject({
  /** Roles, in the order in which they are to act. With none, nothing can be sent: outside bodies are shown. */
  read_by: z.array(key, 'must be a list of roles, such as [dsl, deputy-dsl]'),
  /** Whoever holds one of these roles never reads it, whatever else they are. */
  never_by: z.array(key, 'must be a list of roles, such as [headteacher]').default([]),
});

/** A route for each; a role that a school does not have is passed over. */
const usualRoutes: Readonly<Record<About, z.input<typeof route>>> = {
  child: { read_by: ['dsl', 'deputy-dsl'] },
  adult: { read_by: ['headteacher', 'deputy-headteacher'] },
  headteacher: {
    read_by: ['chair-of-governors', 'vice-chair-of-governors'],
    never_by: ['headteacher', 'deputy-headteacher', 'office'],
  },
  dsl: { read_by: ['headteacher', 'chair-of-governors'], never_by: ['dsl', 'deputy-dsl'] },
  chair: { read_by: [] },
  server: { read_by: ['chair-of-governors'] },
  other: { read_by: ['headteacher', 'deputy-headteacher'] },
};

const routes = z.strictObject({
  child: route.prefault(usualRoutes.child),
  adult: route.prefault(usualRoutes.adult),
  headteacher: route.prefault(usualRoutes.headteacher),
  dsl: route.prefault(usualRoutes.dsl),
  chair: route.prefault(usualRoutes.chair),
  server: route.prefault(usualRoutes.server),
  other: route.prefault(usualRoutes.other),
} satisfies Record<About, unknown>);

export const concernsSchema = z.strictObject({
  routes: routes.prefault({}),
  /** E-mail addresses of those who run the server: they read no concern about whoever does. */
  server_run_by: z.array(z.email('is not an e-mail address').toLowerCase()).default([]),
  /** When readers are asked to look into the inbox on each school day, whether or not there is anything. */
  notices: z
    .array(z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, DAY_TIME))
    .min(1, 'needs at least one time of day, such as "08:30"')
    .max(2, 'can be two times of day at the most')
    .default(['08:30', '13:30']),
});

export type ConcernSettings = z.infer<typeof concernsSchema>;

/**
 * Roles of a school's own routes that are not among `roles`, with where they stand. A usual route may name a
 * role that this school does not have.
 */
export function unknownRouteRoles(
  { routes }: ConcernSettings,
  roles: Readonly<Record<string, unknown>>,
): { readonly path: PropertyKey[]; readonly role: string }[] {
  return abouts.flatMap((about) =>
    (['read_by', 'never_by'] as const).flatMap((list) =>
      routes[about][list].flatMap((role, index) =>
        Object.hasOwn(roles, role) || usualRoutes[about][list]?.includes(role)
          ? []
          : [{ path: ['concerns', 'routes', about, list, index], role }],
      ),
    ),
  );
}
