import { pick } from './pick';
import { en } from './pelajaran.en';
import { id } from './pelajaran.id';

export const pelajaran = pick(id, en);
