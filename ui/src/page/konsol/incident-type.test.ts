import { expect, test } from 'vitest';
import type { TypeView } from '../../api/types';
import { matching } from './incident-type';

const type = (key: string, short: string, label: string, aliases: string[]) => ({ key, short, label, aliases }) as unknown as TypeView;
const all = [type('fire', 'KB', 'Kebakaran', ['api']), type('ambulance', 'AM', 'Ambulans', ['tidak bernapas', 'pingsan', 'sakit']), type('fallen_tree', 'PT', 'Pohon tumbang', ['pohon roboh'])];
const keys = (text: string) => matching(all, text).map((one) => one.key);

test('two letters, the beginning of a name and of what else it is called', () => {
  expect(keys('kb')).toEqual(['fire']);
  expect(keys('pohon')).toEqual(['fallen_tree']);
  expect(keys('tidak b')).toEqual(['ambulance']);
});

test('what a caller says holds the name', () => {
  expect(keys('bapak saya pingsan')).toEqual(['ambulance']);
  expect(keys('ada kapi')).toEqual([]);
});
