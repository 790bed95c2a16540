import { en } from './papan.en';
import { id } from './papan.id';
import { pick } from './pick';

export const papan = pick(id, en);
