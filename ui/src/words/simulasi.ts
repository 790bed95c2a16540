import { en } from './simulasi.en';
import { id } from './simulasi.id';
import { pick } from './pick';

export const simulasi = pick(id, en);
