import { en } from './kartu.en';
import { id } from './kartu.id';
import { pick } from './pick';

export const kartu = pick(id, en);
