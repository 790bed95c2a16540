import { expect, test } from 'vitest';
import { metres } from './geo';

test('a hundredth of a degree of latitude is 1.1 km', () => {
  expect(metres({ lat: -6.12, lng: 106.15 }, { lat: -6.13, lng: 106.15 })).toBeCloseTo(1113, 0);
});
