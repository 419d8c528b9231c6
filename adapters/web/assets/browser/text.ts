import { TEXT_LIMIT } from '../../../../src/concerns/sealing/mod.ts';
import { type Field, Invalid } from './form.ts';

/** What was typed, without blanks at the ends. @throws Invalid where there is nothing, or too much */
export function checkText(field: Field<string>): string {
  const text = field.value().trim();
  // Something must show: invisible characters alone are as good as nothing.
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(text))
    throw new Invalid(field, 'Please write something before you send it.');
  if (text.length > TEXT_LIMIT)
    throw new Invalid(
      field,
      `This is too long. Please keep it to ${TEXT_LIMIT.toLocaleString('en-GB')} characters.`,
    );
  return text;
}
