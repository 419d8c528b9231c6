import type { Migration } from './migration.ts';

/** The first card that each side of a referral got: later messages go under it, and it shows the state. */
export const referralCards: Migration = {
  name: 'referral-cards',
  async up(schema) {
    await schema
      .createTable('referral_cards')
      .addColumn('referral', 'text', (column) =>
        column.notNull().references('referrals.id').onDelete('cascade'),
      )
      .addColumn('platform', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('message', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('referral_cards_key', ['referral', 'platform', 'person'])
      .execute();
    await schema
      .createIndex('referrals_asker')
      .on('referrals')
      .columns(['asker_platform', 'asker_person', 'created'])
      .execute();
  },
};
