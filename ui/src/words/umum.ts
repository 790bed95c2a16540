import { en } from './umum.en';
import { id } from './umum.id';
import { pick } from './pick';

export const umum = pick(id, en);
export const labels = umum.page;
