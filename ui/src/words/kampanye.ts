import { en } from './kampanye.en';
import { id } from './kampanye.id';
import { pick } from './pick';

export const kampanye = pick(id, en);
