import { pick } from './pick';
import { en } from './latihan.en';
import { id } from './latihan.id';

export const latihan = pick(id, en);
