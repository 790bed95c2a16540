import { en } from './mutu.en';
import { id } from './mutu.id';
import { pick } from './pick';

export const mutu = pick(id, en);
