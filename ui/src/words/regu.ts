import { pick } from './pick';
import { en } from './regu.en';
import { id } from './regu.id';

export const regu = pick(id, en);
