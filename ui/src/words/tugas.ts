import { en } from './tugas.en';
import { id } from './tugas.id';
import { pick } from './pick';

export const tugas = pick(id, en);
