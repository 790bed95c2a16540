import { expect, test } from 'vitest';
import { clock, lines, minutes } from './mailing';

test.each([[0, '00:00'], [450, '07:30'], [1_439, '23:59']])('%d is %s', (minute, time) => {
  expect(clock(minute)).toBe(time);
  expect(minutes(time)).toBe(minute);
});

test('addresses as people paste them', () => {
  expect(lines(' a@x.example\n\nb@x.example; c@x.example,d@x.example ')).toEqual(['a@x.example', 'b@x.example', 'c@x.example', 'd@x.example']);
  expect(lines(' \n ')).toEqual([]);
});
