import { expect, test } from 'vitest';
import { shownNumber } from './number';

test.each([
  ['+6281211120003', '0812-1112-0003'],
  ['081211120003', '0812-1112-0003'],
  ['0812-1112-0003', '0812-1112-0003'],
  ['+15550100', '+15550100'],
  ['112', '112'],
])('%s is shown as %s', (number, want) => expect(shownNumber(number)).toBe(want));
