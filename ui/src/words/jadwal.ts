import { pick } from './pick';
import { en } from './jadwal.en';
import { id } from './jadwal.id';

export const jadwal = pick(id, en);
