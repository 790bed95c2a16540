import { expect, test } from 'vitest';
import fields from '../../../crates/siaga-web/src/accounts/fields.rs?raw';
import password from '../../../crates/siaga-web/src/accounts/password.rs?raw';
import { DISPLAY_NAME_MAX, NAME_MAX, NAME_MIN, PASSWORD_MIN, wrongFields } from './account';


test('the numbers are the server’s own', () => {
  expect(password).toContain(`PASSWORD_MIN: usize = ${PASSWORD_MIN};`);
  expect(fields).toContain(`NAME_LENGTH: std::ops::RangeInclusive<usize> = ${NAME_MIN}..=${NAME_MAX};`);
  expect(fields).toContain(`DISPLAY_NAME_MAX: usize = ${DISPLAY_NAME_MAX};`);
});

test.each([
  ['kepala', 'Kepala Dinas', 'kuda jalan pagi', []],
  [' Petugas.1 ', 'Siti', 'kuda jalan pagi', []],
  ['K', '', 'pendek', ['user', 'name', 'password']],
  ['kepala dinas', 'Kepala', 'kuda jalan pagi', ['user']],
  ['kepala', 'Kepala Dinas', 'Kepala Dinas', ['password']],
  ['kepala', 'x'.repeat(61), '123456789', ['name', 'password']],
])('%s, %s', (user, name, password, wrong) => {
  expect(wrongFields(user, name, password)).toEqual(wrong);
});
