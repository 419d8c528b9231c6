import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCalendar, type Day } from '../../src/school/calendar.ts';

const school = {
  time_zone: 'Europe/London',
  working_hours: { from: '08:00', to: '16:30' },
  terms: [
    {
      name: 'Autumn',
      from: '2026-09-01',
      to: '2026-12-18',
      closed: [
        { name: 'INSET day', from: '2026-09-01' },
        { name: 'Half-term', from: '2026-10-26', to: '2026-10-30' },
      ],
    },
    { name: 'Spring', from: '2027-01-04', to: '2027-03-25', closed: [] },
    { name: 'Summer', from: '2027-04-12', to: '2027-07-21', closed: [] },
  ],
};
const calendar = createCalendar(school);

const dayBefore = (day: Day): Day => shifted(day, -1);
const dayAfter = (day: Day): Day => shifted(day, 1);
function shifted(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
const anyDay = fc
  .date({ min: new Date('2025-01-01'), max: new Date('2031-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('school days', () => {
  test.each([
    ['a weekday in term', '2026-11-23', true],
    ['the last day of term', '2026-12-18', true],
    ['a Saturday in term', '2026-11-21', false],
    ['an INSET day', '2026-09-01', false],
    ['the first day of half-term', '2026-10-26', false],
    ['the last day of half-term', '2026-10-30', false],
    ['the day after half-term', '2026-11-02', true],
    ['Christmas holidays', '2026-12-21', false],
    ['a bank holiday in term', '2027-05-03', false],
    ['summer holidays of a listed year', '2027-08-03', false],
    ['a weekday of a year with no terms listed', '2027-09-01', true],
    ['a weekday in August of a year with no terms listed', '2028-08-01', true],
    ['a bank holiday of a year with no terms listed', '2027-12-27', false],
    ['a bank holiday beyond the data file', '2030-04-22', false],
  ])('%s (%s): %s', (_, day, expected) => {
    expect(calendar.isSchoolDay(day)).toBe(expected);
  });

  test('a term that opens in August belongs to the year that follows', () => {
    const early = createCalendar({
      ...school,
      terms: [{ name: 'Autumn', from: '2026-08-26', to: '2026-12-18', closed: [] }],
    });
    expect(early.isSchoolDay('2026-08-27')).toBe(true);
    // 2025/26 has no terms of its own, so that its weekdays still count.
    expect(early.isSchoolDay('2026-03-04')).toBe(true);
    expect(early.isSchoolDay('2027-03-04')).toBe(false);
  });

  test.each(['2026-02-30', '2026-2-3', '', '20261123', '2026-11-23T09:00'])('%j is refused', (day) => {
    for (const use of [calendar.isSchoolDay, calendar.nextSchoolDay, calendar.previousSchoolDay])
      expect(() => use(day)).toThrow(RangeError);
    expect(() => calendar.academicYear(day)).toThrow(RangeError);
    expect(() => calendar.addWorkingDays(day, 0)).toThrow(RangeError);
  });
});

describe('next and previous school day', () => {
  test('go over weekends, half-terms and holidays', () => {
    expect(calendar.nextSchoolDay('2026-10-23')).toBe('2026-11-02');
    expect(calendar.nextSchoolDay('2026-12-18')).toBe('2027-01-04');
    expect(calendar.previousSchoolDay('2027-04-12')).toBe('2027-03-25');
    expect(calendar.previousSchoolDay('2026-11-01')).toBe('2026-10-23');
  });

  test('the next is a school day, and nothing in between is', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const next = calendar.nextSchoolDay(day);
        expect(next > day).toBe(true);
        expect(calendar.isSchoolDay(next)).toBe(true);
        for (let between = dayAfter(day); between < next; between = dayAfter(between))
          expect(calendar.isSchoolDay(between)).toBe(false);
      }),
    );
  });

  test('the previous of the next of a school day is that day', () => {
    fc.assert(
      fc.property(anyDay.filter(calendar.isSchoolDay), (day) => {
        expect(calendar.previousSchoolDay(calendar.nextSchoolDay(day))).toBe(day);
        expect(calendar.nextSchoolDay(calendar.previousSchoolDay(day))).toBe(day);
      }),
    );
  });

  test('a school that is always closed is told to look at its terms', () => {
    const term = (year: number) => {
      const [from, to] = [`${year}-09-01`, `${year + 1}-08-31`];
      return { name: String(year), from, to, closed: [{ name: 'Closed', from, to }] };
    };
    const never = createCalendar({ ...school, terms: [2025, 2026, 2027, 2028, 2029].map(term) });
    expect(() => never.nextSchoolDay('2026-09-01')).toThrow(/school\.yaml/);
  });
});

describe('working days', () => {
  test('are school days, counted from the day after', () => {
    expect(calendar.addWorkingDays('2026-11-23', 0)).toBe('2026-11-23');
    expect(calendar.addWorkingDays('2026-11-21', 0)).toBe('2026-11-21');
    expect(calendar.addWorkingDays('2026-11-23', 5)).toBe('2026-11-30');
    expect(calendar.addWorkingDays('2026-10-22', 2)).toBe('2026-11-02');
  });

  test('as many school days lie in between as were added', () => {
    fc.assert(
      fc.property(anyDay, fc.nat(40), (day, count) => {
        const reached = calendar.addWorkingDays(day, count);
        let passed = 0;
        for (let each = day; each < reached; ) {
          each = dayAfter(each);
          if (calendar.isSchoolDay(each)) passed++;
        }
        expect(passed).toBe(count);
        if (count > 0) expect(calendar.isSchoolDay(reached)).toBe(true);
      }),
    );
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is refused', (count) => {
    expect(() => calendar.addWorkingDays('2026-11-23', count)).toThrow(RangeError);
  });
});

test.each([
  ['2026-08-31', '2025/26', '2025-09-01', '2026-08-31'],
  ['2026-09-01', '2026/27', '2026-09-01', '2027-08-31'],
  ['2027-01-01', '2026/27', '2026-09-01', '2027-08-31'],
  ['2099-12-31', '2099/00', '2099-09-01', '2100-08-31'],
])('%s lies in the academic year %s', (day, name, first, last) => {
  expect(calendar.academicYear(day)).toEqual({ name, first, last });
});

describe('the school’s own time', () => {
  test.each([
    ['in winter', '2026-11-23T23:59:59Z', '2026-11-23'],
    ['in summer, an hour before midnight in UTC', '2026-07-01T23:00:00Z', '2026-07-02'],
    ['just before the clocks go forward', '2026-03-29T00:59:59Z', '2026-03-29'],
    ['on the night the clocks go back', '2026-10-24T23:30:00Z', '2026-10-25'],
    ['after the clocks went back', '2026-10-25T23:30:00Z', '2026-10-25'],
  ])('the day %s', (_, instant, day) => {
    expect(calendar.dayOf(new Date(instant))).toBe(day);
  });

  test.each([
    ['opening time', '2026-11-23T08:00:00Z', true],
    ['a second before', '2026-11-23T07:59:59Z', false],
    ['a second before closing', '2026-11-23T16:29:59Z', true],
    ['closing time', '2026-11-23T16:30:00Z', false],
    ['opening time in summer', '2027-06-08T07:00:00Z', true],
    ['closing time in summer', '2027-06-08T15:30:00Z', false],
    ['midday on a Sunday', '2026-11-22T12:00:00Z', false],
  ])('working time at %s: %s is %s', (_, instant, expected) => {
    expect(calendar.isWorkingTime(new Date(instant))).toBe(expected);
  });

  test.each([
    ['in working time, now', '2026-11-23T10:00:00Z', '2026-11-23T10:00:00Z'],
    ['early in the morning, today', '2026-11-23T05:00:00Z', '2026-11-23T08:00:00Z'],
    ['in the evening, tomorrow', '2026-11-23T16:30:00Z', '2026-11-24T08:00:00Z'],
    ['early on a holiday, when term begins', '2026-12-22T05:00:00Z', '2027-01-04T08:00:00Z'],
    ['over half-term, in which the clocks go back', '2026-10-23T16:00:00Z', '2026-11-02T08:00:00Z'],
    // 2028/29 has no terms listed. 25 March 2029 is a Sunday: the clocks go forward.
    ['over the weekend on which the clocks go forward', '2029-03-23T18:00:00Z', '2029-03-26T07:00:00Z'],
    ['over the weekend on which the clocks go back', '2029-10-26T18:00:00Z', '2029-10-29T08:00:00Z'],
  ])('the next working time %s', (_, from, expected) => {
    expect(calendar.nextWorkingTime(new Date(from))).toEqual(new Date(expected));
  });

  test('the next working time is working time, never before, and no school day is passed over', () => {
    const anyInstant = fc.date({
      min: new Date('2026-01-01'),
      max: new Date('2031-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const next = calendar.nextWorkingTime(instant);
        expect(calendar.isWorkingTime(next)).toBe(true);
        expect(next.getTime()).toBeGreaterThanOrEqual(instant.getTime());
        const [from, to] = [calendar.dayOf(instant), calendar.dayOf(next)];
        for (let day = dayBefore(to); day > from; day = dayBefore(day))
          expect(calendar.isSchoolDay(day)).toBe(false);
        // Only what is left of a school day's evening may be passed over on the day itself.
        if (from < to && calendar.isSchoolDay(from)) {
          const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', timeStyle: 'short' });
          expect(local.format(instant) >= '16:30').toBe(true);
        }
      }),
    );
  });

  test('every day around both clock changes comes once, and hours are those on the wall', () => {
    for (const [start, days] of [
      ['2029-03-23T09:15:00Z', ['2029-03-23', '2029-03-24', '2029-03-25', '2029-03-26']],
      ['2029-10-26T08:15:00Z', ['2029-10-26', '2029-10-27', '2029-10-28', '2029-10-29']],
    ] as const) {
      const seen = new Set<Day>();
      for (let hour = 0; hour < 3 * 24; hour++)
        seen.add(calendar.dayOf(new Date(Date.parse(start) + hour * 3_600_000)));
      expect([...seen]).toEqual(days);
    }
    expect(calendar.isWorkingTime(new Date('2029-03-23T07:30:00Z'))).toBe(false);
    expect(calendar.isWorkingTime(new Date('2029-03-26T07:30:00Z'))).toBe(true);
  });

  test('another time zone has its own days and hours', () => {
    const paris = createCalendar({ ...school, time_zone: 'Europe/Paris' });
    expect(paris.dayOf(new Date('2026-11-23T23:30:00Z'))).toBe('2026-11-24');
    expect(paris.isWorkingTime(new Date('2026-11-23T07:00:00Z'))).toBe(true);
  });
});

test('the day is the one on a clock on the wall there, whatever was asked before', () => {
  const zones = ['Europe/London', 'Pacific/Apia', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Africa/Cairo'];
  const instant = fc.date({ min: new Date('2010-01-01'), max: new Date('2031-12-31'), noInvalidDate: true });
  const near = fc.integer({ min: -36, max: 36 }).map((hours) => hours * 3_600_000);
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      instant,
      fc.array(near, { maxLength: 8 }),
      (zone, first, nearby) => {
        const there = createCalendar({ ...school, time_zone: zone });
        const wall = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });
        for (const offset of [0, ...nearby]) {
          const moment = new Date(first.getTime() + offset);
          expect(there.dayOf(moment)).toBe(wall.format(moment));
        }
      },
    ),
  );
});
