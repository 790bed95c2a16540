import { en } from './satuan.en';
import { id } from './satuan.id';
import { pick } from './pick';

export const satuan = pick(id, en);
