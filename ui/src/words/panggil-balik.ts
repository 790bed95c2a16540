import { en } from './panggil-balik.en';
import { id } from './panggil-balik.id';
import { pick } from './pick';

export const panggilBalik = pick(id, en);
